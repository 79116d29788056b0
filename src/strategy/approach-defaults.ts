import type { ApproachImpact, ApproachWanted } from './approach.ts';
import type { Tier } from './action.ts';

const toolkit = 'Youth Endowment Fund Toolkit (youthendowmentfund.org.uk/toolkit)';
const toolkitAddress = 'https://youthendowmentfund.org.uk/toolkit/';

interface Default extends ApproachWanted {
  /** The word of the directory's taxonomy of approaches. */
  readonly term: string | null;
}

const approach = (
  title: string,
  impact: ApproachImpact,
  tiers: readonly Tier[],
  about: string,
  term: string | null = null,
  security: number | null = null,
): Default => ({
  kind: 'approach',
  title,
  about,
  toldBy: null,
  impact,
  security,
  cost: null,
  tiers,
  source: toolkit,
  sourceAddress: toolkitAddress,
  checkedOn: null,
  isShared: false,
  term,
});

/**
 * What is known of common approaches, in our own words, as a start. None of it counts as checked: a rating changes with the
 * evidence, and somebody of the partnership looks it up at its source before they rest on it.
 */
export const defaultApproaches: readonly Default[] = [
  approach(
    'Focused deterrence',
    'high',
    ['tertiary'],
    'Police, services and the community speak with one voice to the few people who are most involved: help is offered, and violence has consequences. It works where it is done fully, and that is hard.',
    'focused-deterrence',
  ),
  approach(
    'Cognitive behavioural therapy',
    'high',
    ['secondary', 'tertiary'],
    'Talking therapy that helps people notice what they think and feel before they act.',
    'cognitive-behavioural-therapy',
  ),
  approach(
    'Hot spot policing',
    'high',
    ['primary'],
    'More police presence in the few places where most violence happens. Look at whether violence moved.',
  ),
  approach(
    'Navigators in emergency departments',
    'high',
    ['tertiary'],
    'A worker meets people in hospital when they are hurt, and stays in touch. It looks good, and few studies have tested it.',
    'emergency-department-navigators',
    1,
  ),
  approach(
    'Social skills training',
    'high',
    ['primary', 'secondary'],
    'Children practise how to handle feelings and conflict.',
    'social-skills-training',
  ),
  approach(
    'Sports programmes',
    'high',
    ['secondary'],
    'Sport as a way to meet young people and keep them. The studies could be stronger.',
    'sports',
    1,
  ),
  approach(
    'Therapies after trauma',
    'high',
    ['secondary', 'tertiary'],
    'Therapy for people to whom terrible things have happened. There are few studies on violence.',
    'trauma-therapies',
    1,
  ),
  approach(
    'Restorative justice',
    'moderate',
    ['tertiary'],
    'Those who were harmed and those who harmed meet, with help.',
    'restorative-justice',
  ),
  approach('Mentoring', 'moderate', ['secondary'], 'An adult or an older peer stays alongside a child.', 'mentoring'),
  approach(
    'Diversion before court',
    'moderate',
    ['secondary', 'tertiary'],
    'Help in place of a court, for children who did something for the first time.',
    'pre-court-diversion',
  ),
  approach(
    'Family therapy at home',
    'moderate',
    ['tertiary'],
    'Multi-systemic or functional family therapy: a therapist works with the whole family for months.',
    'family-therapy',
  ),
  approach(
    'Parenting programmes',
    'moderate',
    ['secondary'],
    'Courses that help parents to be warm and steady.',
    'parenting-programmes',
  ),
  approach(
    'Lessons on violence in relationships',
    'moderate',
    ['primary'],
    'Lessons at school on what a healthy relationship is.',
    'relationship-lessons',
  ),
  approach('Anti-bullying programmes', 'low', ['primary'], 'The whole school works against bullying.', 'anti-bullying'),
  approach(
    'After-school programmes',
    'low',
    ['primary', 'secondary'],
    'Places to be, and people to be with, after school.',
    'after-school',
  ),
  approach(
    'Adventure and wilderness',
    'low',
    ['secondary'],
    'Days and weeks outdoors. Smaller effects, and weaker studies.',
  ),
  approach('Bystander programmes', 'low', ['primary'], 'People learn how to step in safely.', 'bystander'),
  approach(
    'Knife crime education',
    'insufficient',
    ['primary'],
    'Lessons about knives. There are too few studies to say whether they help or harm.',
    'knife-education',
  ),
  approach(
    'Media campaigns',
    'insufficient',
    ['primary'],
    'Posters and films against violence. There are too few studies to say.',
  ),
  approach(
    'Knife surrender',
    'insufficient',
    ['primary'],
    'Bins and days on which knives are handed in. There are too few studies to say.',
  ),
  approach(
    'Arts programmes',
    'insufficient',
    ['primary', 'secondary'],
    'Music, drama and other arts. No study of their effect on violence was found.',
  ),
  approach(
    'Prison visits to frighten young people',
    'harmful',
    [],
    'Children visit a prison or hear prisoners, to be shocked. More of them offend afterwards than of others.',
  ),
  approach('Boot camps', 'harmful', [], 'Military drill for young people who offended. It may make things worse.'),
];
