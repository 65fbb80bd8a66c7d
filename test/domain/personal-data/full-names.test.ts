import { hasFullName } from '../../../src/domain/personal-data/full-names.js';

test.each([
  'Camille Exemple',
  'Camille EXEMPLE, DGESCO',
  'DGESCO (Camille Exemple)',
  'la cheffe de bureau, Inès Témoin',
  'Jean-Marie Fictif',
  'Hugo De Exemple',
])('%s names somebody', (text) => expect(hasFullName(text)).toBe(true));

test.each([
  '',
  'Ministère, DGESCO',
  'DGESCO, bureau des partenariats',
  'Camille, de la DGESCO',
  'Camille de la communication',
  'Rectorat de Saint-Denis',
  'Microsoft France',
  'la mission Olive',
  'camille exemple',
  'Direction juridique. Camille.',
])('%s names nobody', (text) => expect(hasFullName(text)).toBe(false));
