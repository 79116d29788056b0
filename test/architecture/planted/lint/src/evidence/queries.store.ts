interface Work {
  readonly selectFrom: (table: string) => readonly string[];
}

export const found = (work: Work) => work.selectFrom('evidence.row');
