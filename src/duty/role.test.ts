import { describe, expect, it } from 'vitest';
import { roleNames, roles, roleSchema } from './role.ts';

describe('a role', () => {
  it('is one of ten, each with a label of its own and one plain sentence', () => {
    expect(roles).toHaveLength(10);
    expect(new Set(roles.map((role) => roleNames[role].label)).size).toBe(10);
    for (const role of roles) expect(roleNames[role].who).toMatch(/^[A-Z][^.]+\.$/);
  });

  it('is read from what was stored, and nothing else is', () => {
    expect(roleSchema.parse('information-governance')).toBe('information-governance');
    expect(roleSchema.safeParse('Analyst').success).toBe(false);
    expect(roleSchema.safeParse('toString').success).toBe(false);
  });
});
