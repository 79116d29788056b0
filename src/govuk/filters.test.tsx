import { describe, expect, it } from 'vitest';
import { only, rendered } from '../../test/conformance/rendered.ts';
import { FilteredList, Filters } from './filters.tsx';
import { Input } from './input.tsx';

describe('filters', () => {
  const root = rendered(
    <Filters
      action="/town/actions"
      clearHref="/town/actions"
      kept={{ sort: 'due', page: undefined }}
      chosen={[{ text: 'State: late', removeHref: '/town/actions?sort=due' }]}
    >
      <Input name="words" label="Words" />
    </Filters>,
  );

  it('ask with GET, so that the list can be kept and sent as an address', () => {
    const form = only(root.all('form'));
    expect([form.attribute('method'), form.attribute('action')]).toEqual(['get', '/town/actions']);
  });

  it('send along the order of the list, and nothing that is not set', () => {
    const hidden = root.all('input').filter((input) => input.attribute('type') === 'hidden');
    expect(hidden.map((input) => [input.attribute('name'), input.attribute('value')])).toEqual([['sort', 'due']]);
  });

  it('are open as they are served: without the script nobody could be sure to find them', () => {
    expect(only(root.all('details')).attribute('open')).toBe('');
  });

  it('say how many are chosen, and take each away by a link that names it', () => {
    expect(only(root.all('summary')).text).toBe('Filter (1 chosen)');
    const [remove] = only(root.all('ul')).all('a');
    expect(remove!.attribute('href')).toBe('/town/actions?sort=due');
    expect(remove!.text).toContain('Remove this filter: State: late');
  });

  it('come before the list, for those who read in order', () => {
    const both = rendered(<FilteredList filters={<Filters action="/a" />}>the list</FilteredList>);
    const [filters, list] = only(both.children).children;
    expect(filters!.all('form')).toHaveLength(1);
    expect(list!.text).toBe('the list');
  });
});
