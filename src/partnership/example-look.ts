import type { LookForm } from './look.ts';

/** How the partnerships of the example look, by their addresses, and who answers for their pages. Everybody here is made up. */
const looks = {
  merrowshire: {
    accent: null,
    logoAlt: null,
    contactName: 'Information governance, Merrowshire Violence Reduction Partnership',
    contactEmail: 'privacy@merrowshire.example',
    contactPhone: '01632 960 100',
  },
  haverness: {
    accent: null,
    logoAlt: 'Three gulls over two waves',
    contactName: 'Information governance, Haverness Council',
    contactEmail: 'privacy@haverness.example',
    contactPhone: '01632 960 120',
  },
  castlemere: {
    accent: '#5a2a6e',
    logoAlt: null,
    contactName: 'Community safety team, Castlemere Borough Council',
    contactEmail: 'safety@castlemere.example',
    contactPhone: null,
  },
} as const;

/** What an administrator would have typed for this partnership; undefined where nobody did. */
export function exampleLook(slug: string, name: string): LookForm | undefined {
  if (!(slug in looks)) return undefined;
  return { name, withoutLogo: false, version: 0, ...looks[slug as keyof typeof looks] };
}
