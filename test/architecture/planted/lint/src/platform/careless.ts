const slow = (): Promise<void> => Promise.resolve();
type Kind = 'one' | 'two';

export function forget(): void {
  slow(); // expect: @typescript-eslint/no-floating-promises
}

export function choose(kind: Kind): number {
  switch (kind) { // expect: @typescript-eslint/switch-exhaustiveness-check
    case 'one':
      return 1;
  }
  return 0;
}

export const anything = (value: any): number => value.length; // expect: @typescript-eslint/no-explicit-any @typescript-eslint/no-unsafe-return @typescript-eslint/no-unsafe-member-access
export const same = (a: unknown, b: unknown) => a == b; // expect: eqeqeq
console.log('said'); // expect: no-console
