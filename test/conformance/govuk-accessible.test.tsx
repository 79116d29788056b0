import type { VNode } from 'preact';
import { describe, expect, it } from 'vitest';
import * as govuk from '../../src/govuk/index.ts';
import { faultsOf } from './accessible-html.ts';
import { rendered, renderedDocument } from './rendered.ts';

const items = [
  { value: 'police', text: 'Police' },
  { value: 'fire', text: 'Fire and rescue', hint: 'All of the county' },
];

/** Each with everything on that changes names and references. */
const samples: Readonly<Record<string, VNode>> = {
  autocomplete: (
    <govuk.Autocomplete name="who" label="Who?" hint="Type a part" errorMessage="Choose who" items={items} />
  ),
  'character count': <govuk.CharacterCount name="note" label="Note" maxlength={200} errorMessage="Enter a note" />,
  checkboxes: (
    <govuk.Checkboxes
      name="who"
      fieldset={{ legend: 'Who?' }}
      hint="All that apply"
      errorMessage="Choose who"
      items={[...items, { value: 'x', text: 'Other', conditional: <govuk.Input name="other" label="Which?" /> }]}
    />
  ),
  'date input': (
    <govuk.DateInput
      id="date"
      namePrefix="date"
      fieldset={{ legend: 'When?' }}
      hint="For example"
      errorMessage="Enter"
    />
  ),
  'empty list': (
    <govuk.EmptyList title="No meetings yet" action={{ text: 'Add a meeting', href: '/add' }}>
      Enter the first.
    </govuk.EmptyList>
  ),
  'file upload': <govuk.FileUpload name="file" label="File" hint="CSV" errorMessage="Choose a file" javascript />,
  filters: (
    <govuk.Filters action="/list" clearHref="/list" chosen={[{ text: 'Late', removeHref: '/list' }]}>
      <govuk.Select name="state" label="State" items={items} />
    </govuk.Filters>
  ),
  pagination: <govuk.Pagination previous={{ href: '?page=1' }} items={[{ number: 1, href: '?page=1' }]} />,
  'partial date input': <govuk.PartialDateInput name="shared" label="When?" errorMessage="Enter when" />,
  'password input': <govuk.PasswordInput name="password" label="Password" errorMessage="Enter it" />,
  progress: <govuk.Progress id="load" label="Loading" max={1} text="Started" refreshSeconds={5} refreshHref="?" />,
  radios: (
    <govuk.Radios
      name="who"
      fieldset={{ legend: 'Who?' }}
      hint="One"
      errorMessage="Choose"
      items={[...items, { divider: 'or' }, { value: 'x', text: 'Other' }]}
    />
  ),
  'sortable table': (
    <govuk.SortableTable
      caption="Actions"
      href="/actions"
      rows={['a', 'b']}
      columns={[{ name: 'title', heading: 'Title', cell: (row) => row }]}
      sort={{ by: 'title', order: 'ascending' }}
      exportLink={{ href: '/actions.csv' }}
    />
  ),
  'task list': <govuk.TaskList items={[{ title: 'One', hint: 'First', href: '/one', status: { tag: 'Late' } }]} />,
  tabs: (
    <govuk.Tabs
      idPrefix="tab"
      items={[
        { label: 'Picture', panel: 'A' },
        { label: 'Table', panel: 'B' },
      ]}
    />
  ),
  timeline: <govuk.Timeline items={[{ title: 'Published', date: '31 January 2024', dateTime: '2024-01-31' }]} />,
};

describe('every piece is named, and points only to what is there', () => {
  it.each(Object.entries(samples))('%s', (_name, sample) => {
    expect(faultsOf(rendered(sample))).toEqual([]);
  });

  it('also when they stand on one page', () => {
    const { radios: _sameNameAsCheckboxes, autocomplete: _too, ...others } = samples;
    const page = (
      <govuk.Layout title="All" serviceName="Safer Exampletown" serviceHref="/" cssHref="/c" scriptHref="/s">
        <h1>All</h1>
        <h2>Pieces</h2>
        {Object.values(others)}
      </govuk.Layout>
    );
    expect(faultsOf(renderedDocument(govuk.document(page)))).toEqual([]);
  });
});

describe('the rules see', () => {
  it.each([
    ['a field without a label', '<input id="a">', 'input has no name'],
    ['an id used twice', '<p id="a"></p><p id="a"></p>', 'id a is used twice'],
    [
      'a hint that is not there',
      '<p aria-describedby="h">x</p>',
      'p points by aria-describedby to h, which is not there',
    ],
    ['a link without words', '<a href="/"><svg aria-hidden="true"></svg></a>', 'a has no name'],
    ['a link to nowhere on the page', '<a href="#gone">x</a>', 'a link goes to #gone, which is not there'],
    ['a fieldset without a legend', '<fieldset><p>x</p></fieldset>', 'a fieldset has no legend'],
    ['a header cell that heads nothing', '<table><caption>x<tr><th>a</table>', 'a header cell has no scope'],
    ['a heading that is skipped', '<h1>a</h1><h3>b</h3>', 'a heading jumps from h1 to h3'],
    ['a style of its own', '<p style="color:red">x</p>', 'p has style, which the policy refuses'],
    ['a script of its own', '<p onclick="x()">x</p>', 'p has onclick, which the policy refuses'],
  ])('%s', (_fault, html, expected) => {
    expect(faultsOf(renderedDocument(html))).toContain(expected);
  });
});
