interface Work {
  readonly selectFrom: (table: string) => readonly string[];
  readonly insertInto: (table: string) => readonly string[];
}

export const found = (work: Work) => work.selectFrom('evidence.row'); // expect: no-restricted-syntax
export const kept = (work: Work) => work.insertInto('evidence.row'); // expect: no-restricted-syntax
