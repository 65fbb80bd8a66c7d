/** What a text can reveal about a pupil or a teacher. */
export const personalDataKinds = [
  'phone',
  'email',
  'birth-date',
  'ine',
  'nir',
  'health',
  'pupil',
  'teacher',
  'address',
  'handle',
] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];
