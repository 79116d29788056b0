import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactDate, parsePartialDate, type PartialDate } from '../duty/index.ts';
import {
  bodiesOf,
  bodyForm,
  needsOf,
  partsOfText,
  rowsAtOnce,
  severalForm,
  termsState,
  treeOf,
  wantedOf,
  whyCircular,
  whyNoBody,
  whyNoEnd,
  type Branch,
  type Reporting,
} from './body.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const body = (id: string, reportsTo: string | null = null): Reporting => ({ id, name: `The ${id}`, reportsTo });

/** Whether nobody reports to themselves by any way: bodies are taken away from the top until none is left. */
function hasNoCircle(bodies: readonly Reporting[]): boolean {
  let left = bodies;
  for (;;) {
    const ids = new Set(left.map(({ id }) => id));
    const next = left.filter(({ reportsTo }) => reportsTo !== null && ids.has(reportsTo));
    if (next.length === left.length) return left.length === 0;
    left = next;
  }
}

describe('what reports to what', () => {
  it('names the circle that would come about', () => {
    const bodies = [body('executive', 'tasking'), body('tasking', 'burglary'), body('burglary')];
    expect(whyCircular(bodies, body('burglary'), 'executive')).toBe(
      'The burglary cannot report to The executive, because The executive reports to The tasking, which reports to The burglary. Choose another body, or none',
    );
    expect(whyCircular(bodies, body('burglary'), 'burglary')).toContain('cannot report to itself');
    expect(whyCircular(bodies, body('burglary'), null)).toBeUndefined();
    expect(whyCircular(bodies, body('new'), 'executive')).toBeUndefined();
  });

  it('lets nobody make a circle, in whatever order they enter it', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const step = fc.tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...ids)));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let bodies = ids.map((id) => body(id));
        for (const [id, to] of steps) {
          const wanted = bodies.map((each) => (each.id === id ? { ...each, reportsTo: to } : each));
          const why = whyCircular(bodies, body(id), to);
          // It is refused exactly where it would close a circle: neither more nor less.
          expect(why === undefined).toBe(hasNoCircle(wanted));
          if (why === undefined) bodies = wanted;
        }
        expect(hasNoCircle(bodies)).toBe(true);
      }),
    );
  });

  it('shows every body once, under the one that it reports to', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const listed = ({ body: { id }, under }: Branch<Reporting>, above: string | null): readonly string[] => [
      `${id} under ${above}`,
      ...under.flatMap((branch) => listed(branch, id)),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 5, maxLength: 5 }), (places) => {
        // Each reports to an earlier one, or to one that is not among them.
        const bodies = ids.map((id, at) => body(id, at === 0 ? null : (ids[places[at] ?? 0] ?? 'elsewhere')));
        const sound = bodies.map((each, at) => ((places[at] ?? 0) < at || places[at] === 5 ? each : body(each.id)));
        const expected = sound.map(
          ({ id, reportsTo }) => `${id} under ${reportsTo === 'elsewhere' ? null : reportsTo}`,
        );
        expect(
          treeOf(sound)
            .flatMap((branch) => listed(branch, null))
            .toSorted(),
        ).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('the end of a body', () => {
  const bodies = [body('executive'), body('tasking', 'executive'), body('burglary', 'tasking'), body('asb', 'tasking')];
  const tasking = { ...body('tasking', 'executive'), since: date('2011'), until: null };

  it('moves what reported to it, and makes no circle of that', () => {
    expect(whyNoEnd(tasking, date('May 2026'), 'executive', bodies)).toBeUndefined();
    expect(whyNoEnd(tasking, date('May 2026'), null, bodies)).toBeUndefined();
    expect(whyNoEnd(tasking, date('May 2026'), 'asb', bodies)).toEqual({
      field: 'instead',
      sentence: 'The asb cannot report to itself. Choose another body, or none',
    });
    expect(whyNoEnd(tasking, date('May 2026'), 'tasking', bodies)?.field).toBe('instead');
  });

  it('comes after its beginning', () => {
    expect(whyNoEnd(tasking, date('2010'), null, bodies)?.field).toBe('until');
    const wanted = wantedOf(
      bodyForm.parse({ name: 'A', kind: 'group', belongs: 'own', frequency: 'monthly', since: 'May 2024' }),
    );
    expect(whyNoBody({ ...wanted, id: 'a', until: date('March 2024') }, [])?.field).toBe('until');
    expect(whyNoBody({ ...wanted, id: 'a', until: date('May 2024') }, [])).toBeUndefined();
  });
});

describe('what a body needs', () => {
  const own = { isOwn: true, termsReview: null, since: null, until: null };
  it.each([
    ['a chair, where it has none', own, false, ['chair']],
    ['nothing, where it has one and no date for its terms', own, true, []],
    ['a review on the day on which it is due', { ...own, termsReview: exactDate('2026-06-01') }, true, ['terms']],
    ['a review while the month runs', { ...own, termsReview: date('June 2026') }, true, ['terms']],
    ['no review before', { ...own, termsReview: exactDate('2026-06-02') }, true, []],
    ['a review that is late', { ...own, termsReview: date('March 2026') }, false, ['chair', 'terms']],
    ['nothing of what is another’s', { ...own, isOwn: false, termsReview: date('2020') }, false, []],
    ['nothing once it has ended', { ...own, until: date('May 2026') }, false, []],
  ])('%s', (_, given, hasChair, expected) => {
    expect(needsOf(given, hasChair, '2026-06-01')).toEqual(expected);
  });

  it('knows late from due', () => {
    expect(termsState(date('May 2026'), '2026-06-01')).toBe('overdue');
    expect(termsState(date('by June 2026'), '2026-06-01')).toBe('ahead');
    expect(termsState(date('to be agreed'), '2026-06-01')).toBe('none');
  });
});

it('reads terms of reference as they are written', () => {
  expect(
    partsOfText('Purpose\n\nIt agrees:\r\n- the plan\n- the money\n\nIt meets. Often.\nOr not.\n\n\n• one'),
  ).toEqual([
    { kind: 'heading', text: 'Purpose' },
    { kind: 'paragraph', text: 'It agrees:' },
    { kind: 'list', items: ['the plan', 'the money'] },
    { kind: 'paragraph', text: 'It meets. Often.' },
    { kind: 'paragraph', text: 'Or not.' },
    { kind: 'list', items: ['one'] },
  ]);
  expect(partsOfText('')).toEqual([]);
});

describe('several at once', () => {
  const blank = Array.from({ length: rowsAtOnce }, () => '');
  const usual = { name: '', kind: 'group', belongs: 'own', frequency: 'monthly', reportsTo: '' };
  const form = (rows: readonly Partial<Record<'name' | 'kind' | 'belongs' | 'frequency' | 'reportsTo', string>>[]) =>
    severalForm.parse(
      Object.fromEntries(
        (['name', 'kind', 'belongs', 'frequency', 'reportsTo'] as const).map((field) => [
          field,
          blank.map((_, at) => rows[at]?.[field] ?? usual[field]),
        ]),
      ),
    );

  it('puts those first to which others report', () => {
    const read = bodiesOf(
      form([
        { name: 'Burglary', reportsTo: 'row-2' },
        { name: 'Tasking', reportsTo: 'row-4' },
        {},
        { name: 'Executive' },
      ]),
      [],
    );
    expect('rows' in read && read.rows.map(({ name, reportsTo }) => [name, reportsTo])).toEqual([
      ['Executive', null],
      ['Tasking', 'row-4'],
      ['Burglary', 'row-2'],
    ]);
  });

  it('says by line what is wrong', () => {
    const there = [body('executive')];
    const read = bodiesOf(
      form([
        { name: 'The executive' },
        { name: 'Tasking', reportsTo: 'row-3' },
        { name: 'Burglary', reportsTo: 'row-2' },
        { name: 'burglary' },
        { name: 'Scrutiny', reportsTo: 'row-9' },
        { name: 'Odd', kind: 'party' },
      ]),
      there,
    );
    expect(read).toEqual({
      errors: {
        'name-1': 'Line 1: The executive is there already. Leave this line empty, or enter another name',
        'reportsTo-2':
          'Line 2: Tasking cannot report to Burglary, because Burglary reports to Tasking. Choose another body, or none',
        'reportsTo-3':
          'Line 3: Burglary cannot report to Tasking, because Tasking reports to Burglary. Choose another body, or none',
        'name-4': 'Line 4: burglary stands in line 3 already. Enter each body once',
        'reportsTo-5': 'Line 5: the line that it reports to is empty. Choose another',
        'kind-6': 'Line 6: Choose what kind of body it is',
      },
    });
    expect(bodiesOf(form([]), [])).toEqual({ errors: { 'name-1': 'Enter the name of at least one body' } });
  });
});
