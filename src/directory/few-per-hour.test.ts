import { expect, it } from 'vitest';
import { FewPerHour, networkOf } from './few-per-hour.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 5, 1, 12, minutes));

it('lets each sender through a few times, and again after an hour', () => {
  const few = new FewPerHour(2);
  expect([few.allows('a', at(0)), few.allows('a', at(1)), few.allows('a', at(2))]).toEqual([true, true, false]);
  expect(few.allows('b', at(2))).toBe(true);
  expect(few.allows('a', at(59))).toBe(false);
  expect(few.allows('a', at(60))).toBe(true);
});

it('forgets whoever came first rather than grow without end', () => {
  const few = new FewPerHour(1, 3);
  for (const sender of ['a', 'b', 'c', 'd']) expect(few.allows(sender, at(0))).toBe(true);
  expect(few.allows('d', at(1))).toBe(false);
  expect(few.allows('a', at(1))).toBe(true);
});

it('counts the network of a long address', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::');
  expect(networkOf('2001:db8::6')).toBe('2001:db8::');
  expect(networkOf('::1')).toBe('::');
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
});
