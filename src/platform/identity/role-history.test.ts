import { expect, it } from 'vitest';
import { accessChanges, type RoleEvent } from './role-history.ts';

const event = (at: string, person: string, kind: RoleEvent['kind'], role: string): RoleEvent => ({
  at,
  by: 'Ada',
  person,
  name: `name of ${person}`,
  role,
  kind,
});

it('tells joiners, movers and leavers apart, whatever order the events come in', () => {
  const events = [
    event('2026-03-01T09:00:00Z', 'p', 'given', 'analyst'),
    event('2026-03-01T09:00:00Z', 'p', 'given', 'partner'),
    event('2026-03-02T09:00:00Z', 'q', 'given', 'officer'),
    event('2026-04-01T09:00:00Z', 'p', 'taken', 'partner'),
    event('2026-05-01T09:00:00Z', 'p', 'given', 'hub'),
    event('2026-05-01T09:00:00Z', 'p', 'taken', 'analyst'),
    event('2026-06-01T09:00:00Z', 'p', 'taken', 'hub'),
    event('2026-07-01T09:00:00Z', 'p', 'given', 'analyst'),
  ];
  const told = (changes: ReturnType<typeof accessChanges>) =>
    changes.map(({ at, person, kind, given, taken }) => [
      at.slice(0, 7),
      person,
      kind,
      given.join('+'),
      taken.join('+'),
    ]);
  const expected = [
    ['2026-07', 'p', 'joined', 'analyst', ''],
    ['2026-06', 'p', 'left', '', 'hub'],
    ['2026-05', 'p', 'moved', 'hub', 'analyst'],
    ['2026-04', 'p', 'moved', '', 'partner'],
    ['2026-03', 'q', 'joined', 'officer', ''],
    ['2026-03', 'p', 'joined', 'analyst+partner', ''],
  ];
  expect(told(accessChanges(events))).toEqual(expected);
  expect(told(accessChanges([...events].reverse()))).toEqual(expected);
  expect(accessChanges([])).toEqual([]);
});
