import { expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import { decisionForm, meetingForm, whyNoMeeting } from './meeting.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}

it.each([
  ['14 May 2024', false],
  ['30 April 2024', true],
  ['September 2024', false],
  ['1 October 2024', true],
])('a body that ran from May to 30 September 2024 met on %s: refused %s', (on, isRefused) => {
  const body = { name: 'Gold Group', since: date('May 2024'), until: date('30 September 2024') };
  expect(whyNoMeeting(date(on), body)?.field === 'on').toBe(isRefused);
});

it('asks for a day, and for words', () => {
  expect(meetingForm.safeParse({ on: '', title: '', papers: '' }).success).toBe(false);
  expect(meetingForm.safeParse({ on: 'ongoing' }).success).toBe(false);
  expect(meetingForm.safeParse({ on: '9 July 2025', papers: 'javascript:alert(1)' }).success).toBe(false);
  expect(meetingForm.parse({ on: '9 July 2025', papers: 'https://council.example/papers' }).title).toBeNull();
  expect(decisionForm.safeParse({ reference: '7.2', wording: '  ' }).success).toBe(false);
});
