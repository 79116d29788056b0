/** What a problem profile holds (domain 2.2), in the order in which it is read. */
export const profileParts = [
  ['problem', 'The problem', 'Who is harmed, how, where and since when. Why people expect something to be done'],
  ['scale', 'How big it is', 'How many, how much harm, and how sure the numbers are'],
  ['when', 'When', 'Hours, days, seasons'],
  ['where', 'Where', 'Places and what they have in common'],
  ['victims', 'Who is harmed', 'With care: people who were harmed, not groups to blame'],
  ['offenders', 'Who harms', 'Alone or with others, why, and what makes it possible'],
  ['locations', 'What makes the place possible', 'Who looks after it, what is in it, what invites trouble'],
  ['responses', 'What is done already', 'And what is known of whether it works'],
  ['gaps', 'What nobody knows yet', 'And who could find out'],
  ['explanations', 'What may explain it', 'For each: what speaks for it, and what against it'],
  ['prevention', 'Recommended: prevention', 'What would stop it from happening'],
  ['intelligence', 'Recommended: finding out', 'What should be asked, and of whom'],
  ['enforcement', 'Recommended: enforcement', 'Which powers would help'],
] as const;
export type ProfilePart = (typeof profileParts)[number][0];

/** Words by part; a part without words is not there. */
export type ProfileWords = Readonly<Partial<Record<ProfilePart, string>>>;

/** Parts that have no words yet. */
export const profileMissing = (words: ProfileWords): readonly string[] =>
  profileParts.filter(([part]) => (words[part] ?? '').trim() === '').map(([, heading]) => heading);
