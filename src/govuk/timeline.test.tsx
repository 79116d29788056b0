import { describe, expect, it } from 'vitest';
import { only, rendered } from '../../test/conformance/rendered.ts';
import { Timeline } from './timeline.tsx';

describe('a timeline', () => {
  const root = rendered(
    <Timeline
      items={[
        { title: 'Strategy published', date: '31 January 2024', dateTime: '2024-01-31', by: 'the council' },
        { title: 'Review', date: 'early 2027', isAhead: true, text: 'By the board.' },
      ]}
    />,
  );

  it('is an ordered list', () => {
    expect(only(root.all('ol')).children.map(({ tag }) => tag)).toEqual(['li', 'li']);
  });

  it('gives machines a date only where the whole date is known', () => {
    expect(root.all('time').map((time) => [time.attribute('datetime'), time.text])).toEqual([
      ['2024-01-31', '31 January 2024'],
    ]);
    expect(root.text).toContain('early 2027');
  });

  it('marks what is still ahead', () => {
    const ahead = root.all('li').map((item) => item.hasClass('concord-timeline__item--ahead'));
    expect(ahead).toEqual([false, true]);
  });
});
