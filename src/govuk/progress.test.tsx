import { describe, expect, it } from 'vitest';
import { only, rendered } from '../../test/conformance/rendered.ts';
import { Progress } from './progress.tsx';

describe('progress', () => {
  it('says in words what the bar shows', () => {
    const root = rendered(<Progress id="load" label="Loading" value={3} max={4} text="3 of 4 files" />);
    const bar = only(root.all('progress'));
    expect([bar.attribute('value'), bar.attribute('max')]).toEqual(['3', '4']);
    const words = only(root.all().filter((element) => element.attribute('id') === bar.attribute('aria-describedby')));
    expect([words.text, words.attribute('role')]).toEqual(['3 of 4 files', 'status']);
  });

  it('has no value while nobody can know it, and 0 is a value', () => {
    const unknown = rendered(<Progress id="load" label="Loading" max={1} text="Started" />);
    expect(only(unknown.all('progress')).attribute('value')).toBeUndefined();
    const none = rendered(<Progress id="load" label="Loading" value={0} max={1} text="Started" />);
    expect(only(none.all('progress')).attribute('value')).toBe('0');
  });

  it('can be followed without the script as long as it goes on', () => {
    const on = rendered(<Progress id="l" label="L" max={1} text="On" refreshSeconds={5} refreshHref="/job/1" />);
    expect(only(on.all('a')).attribute('href')).toBe('/job/1');
    const done = rendered(<Progress id="l" label="L" value={1} max={1} text="Done" refreshHref="/job/1" />);
    expect(done.all('a')).toEqual([]);
  });
});
