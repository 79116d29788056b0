/** Words of the field that a public page may hold, in plain ones. Lower case. */
const glossary: Readonly<Record<string, string>> = {
  'specified authority':
    'An organisation that the law says must prepare and carry out the strategy: councils, police, fire, health, probation and youth justice.',
  'relevant authority':
    'A school, college, prison or place of youth custody. The law says that it must be asked about the strategy.',
  'serious violence duty':
    'The law that says organisations in an area must work together to prevent and reduce serious violence.',
  'theory of change': 'A picture of why we think that what we do will help.',
  'civil injunction': 'An order of a court that tells somebody to stop doing something, or to do something.',
  'county lines': 'Gangs that use children or other people to move and sell drugs in other towns.',
  exploitation: 'Using somebody for one’s own gain, such as making a child carry drugs.',
  'trauma-informed': 'Work that knows how bad things that happened to people change how they feel and act.',
  'public health approach': 'Looking for causes and stopping harm before it begins, as one does with an illness.',
  safeguarding: 'Keeping children and adults who need care safe from harm.',
  'early intervention': 'Help as soon as there are signs of trouble.',
  probation: 'Watching over and helping people who were sentenced by a court and are not in prison.',
};

/** The words of the glossary that stand in a text, in the order of the alphabet. */
export function wordsExplained(text: string): readonly { readonly word: string; readonly means: string }[] {
  const lower = text.toLowerCase();
  return Object.entries(glossary)
    .filter(([word]) => lower.includes(word))
    .map(([word, means]) => ({ word, means }))
    .sort((a, b) => a.word.localeCompare(b.word, 'en-GB'));
}
