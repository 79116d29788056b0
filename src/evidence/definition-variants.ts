import type { DefinitionContent, KindDecision } from './definition.ts';
import { undecided, usualSources } from './definition.ts';

/** A definition to begin with: nobody's decision until a body of the partnership makes it one. */
export interface DefinitionVariant extends Omit<DefinitionContent, 'version'> {
  readonly about: string;
}

const put = (kind: string, more: Partial<KindDecision> = {}): KindDecision => ({ ...undecided(kind), ...more });

function variant(id: string, name: string, about: string, kinds: readonly KindDecision[]): DefinitionVariant {
  return { id, name, about, kinds, sources: usualSources(kinds.map(({ kind }) => kind)) };
}

const core = (...kinds: readonly string[]) => kinds.map((kind) => put(kind));
const wider = (...kinds: readonly string[]) => kinds.map((kind) => put(kind, { inclusion: 'wider' }));

const youngInPublic = { ageScope: 'under-25', setting: 'public-space' } as const;

export const definitionVariants: readonly DefinitionVariant[] = [
  variant(
    'neutral',
    'Serious violence (to begin with)',
    'What areas describe as the least that the national strategy means, with the other kinds that section 13 of the Act names in the wider list. It decides nothing for you.',
    [
      ...core(
        'homicide',
        'attempted-murder',
        'knife-crime',
        'gun-crime',
        'inherent-violence',
        'serious-harm',
        'robbery',
      ),
      ...wider(
        'assault-with-injury',
        'sexual-offences',
        'domestic-abuse',
        'aggravated-burglary',
        'violence-against-property',
      ),
    ],
  ),
  variant(
    'pan-lancashire',
    'Serious violence with domestic abuse (as in pan-Lancashire)',
    'A broad definition with domestic abuse in it, after the published strategy for Lancashire.',
    core(
      'homicide',
      'knife-crime',
      'gun-crime',
      'assault-with-injury',
      'sexual-offences',
      'robbery',
      'aggravated-burglary',
      'domestic-abuse',
      'child-exploitation',
    ),
  ),
  variant(
    'merseyside',
    'Serious violence without domestic abuse (as in Merseyside)',
    'Domestic abuse is out, after the published strategy for Merseyside. Scrutiny asked why: write your own reason.',
    [
      ...core('homicide', 'attempted-murder', 'gun-crime', 'knife-crime', 'inherent-violence', 'serious-harm'),
      put('domestic-abuse', { inclusion: 'signposted', takesOut: true }),
    ],
  ),
  variant(
    'sefton-2022',
    'Serious violence as reported in Sefton in September 2022',
    'Written before the guidance: homicide, domestic abuse and all violence against the person, with alcohol, modern slavery and county lines as options. After the report to Sefton’s committee of September 2022.',
    [
      ...core('homicide', 'domestic-abuse', 'violence-against-the-person', 'gun-crime', 'knife-crime'),
      ...wider('alcohol-related', 'modern-slavery', 'inherent-violence', 'sexual-offences'),
    ],
  ),
  variant(
    'avon-and-somerset',
    'Violence in public space by or against people under 25 (as in Avon and Somerset)',
    'The priority is violence in public space that involves people under 25; the wider list is worked on with other partnerships. After the published strategy for Avon and Somerset.',
    [
      ...[
        'homicide',
        'attempted-murder',
        'robbery',
        'serious-harm',
        'knife-crime',
        'gun-crime',
        'alcohol-related',
        'drug-related',
        'inherent-violence',
        'modern-slavery',
      ].map((kind) => put(kind, youngInPublic)),
      ...wider('domestic-abuse', 'sexual-offences', 'assault-with-injury', 'aggravated-burglary'),
    ],
  ),
  variant(
    'london',
    'The least that London boroughs include',
    'Violence and exploitation, domestic abuse and sexual violence, which boroughs add to. After the published strategies of London boroughs; some say under 25, some set no age.',
    core(
      'homicide',
      'attempted-murder',
      'serious-harm',
      'assault-with-injury',
      'knife-crime',
      'gun-crime',
      'sexual-offences',
      'robbery',
      'domestic-abuse',
      'child-exploitation',
      'inherent-violence',
      'violence-against-property',
    ),
  ),
];

export const findVariant = (id: string): DefinitionVariant | undefined =>
  definitionVariants.find((each) => each.id === id);
