/** A role that somebody got or lost. */
export interface RoleEvent {
  /** ISO, in UTC. What one unit of work did has one moment. */
  readonly at: string;
  /** Who did it: a name. */
  readonly by: string;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly kind: 'given' | 'taken';
}

/** What a moment meant for a person's access. */
export interface AccessChange {
  readonly at: string;
  readonly by: string;
  readonly person: string;
  readonly name: string;
  readonly kind: 'joined' | 'moved' | 'left';
  readonly given: readonly string[];
  readonly taken: readonly string[];
}

/**
 * Joiners, movers and leavers out of the whole history of roles: whoever had none before joined, whoever has none after
 * left, and all else is a move.
 * @param events of any order
 * @returns the newest first
 */
export function accessChanges(events: readonly RoleEvent[]): readonly AccessChange[] {
  const moments = Map.groupBy(events, ({ person, at }) => `${at} ${person}`);
  const held = new Map<string, Set<string>>();
  return [...moments]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, together]) => {
      const [first] = together;
      if (first === undefined) return [];
      const roles = held.get(first.person) ?? new Set<string>();
      held.set(first.person, roles);
      const hadAny = roles.size > 0;
      const rolesOf = (kind: RoleEvent['kind']) =>
        together
          .filter((event) => event.kind === kind)
          .map(({ role }) => role)
          .sort();
      const [given, taken] = [rolesOf('given'), rolesOf('taken')];
      for (const role of given) roles.add(role);
      for (const role of taken) roles.delete(role);
      const kind = roles.size === 0 ? ('left' as const) : hadAny ? ('moved' as const) : ('joined' as const);
      const { at, by, person, name } = first;
      return [{ at, by, person, name, kind, given, taken }];
    })
    .reverse();
}
