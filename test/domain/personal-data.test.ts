import { findPersonalData, type PersonalData } from '../../src/domain/personal-data/index.js';

const harmful: readonly (readonly [PersonalData, string])[] = [
  // Scenario 10.
  ['phone', 'Léa, 06 12 34 56 78, PAI asthme'],
  ['phone', '0612345678'],
  ['phone', 'Joindre au 06.12.34.56.78'],
  ['phone', '06-12-34-56-78 le soir'],
  ['phone', 'tél. 01 23 45 67 89'],
  ['phone', '+33 6 12 34 56 78'],
  ['phone', '+33612345678'],
  ['phone', '0033 6 12 34 56 78'],
  ['phone', '+33 (0)6 12 34 56 78'],
  ['phone', '(06 12 34 56 78)'],
  ['phone', 'Call +44 20 7946 0958'],
  ['phone', '06\u00a012\u00a034\u00a056\u00a078'],
  ['phone', '06/12/34/56/78'],
  ['email', 'marie.fictive@ac-creteil.fr'],
  ['email', 'lea.exemple@gmail.com'],
  ['email', 'LEA@EXEMPLE.FR'],
  ['email', 'écrire à léa@exemple.fr'],
  ['email', 'ce.0932030B@gmail.com'],
  ['email', 'ce.0932030B@ac-creteil.fr ou prof.principal@ac-creteil.fr'],
  ['birth-date', 'née le 12/03/2011'],
  ['birth-date', 'né le 3 mars 2012'],
  ['birth-date', 'Née en avril, le 03-04-2011'],
  ['birth-date', 'date de naissance : 12.03.2011'],
  ['birth-date', '12/03/2011'],
  ['birth-date', 'born 12 March 2011'],
  ['birth-date', 'DOB 12/03/2011'],
  ['birth-date', 'birthday: 12/03/11'],
  ['ine', '1234567890A'],
  ['ine', 'INE 123456789AB'],
  ['ine', 'ine: 1123456789k'],
  ['health', 'un élève a un PAI'],
  ['health', 'elle est asthmatique'],
  ['health', 'Allergie aux arachides'],
  ['health', 'un suivi MDPH'],
  ['health', 'avec son AESH'],
  ['health', 'élève dyslexique'],
  ['health', 'diabétique'],
  ['health', 'en situation de handicap'],
  ['health', 'peanut allergy'],
  ['health', 'a pupil with epilepsy'],
  ['health', 'asthma'],
  ['health', 'autistic pupil'],
  ['health', 'wheelchair user'],
  ['health', 'has ADHD'],
  ['pupil', 'Léa, 14 ans'],
  ['pupil', 'Tom (13 ans)'],
  ['pupil', 'Emma, 15 years old'],
  ['pupil', "l'élève Martin vient avec sa mère"],
  ['pupil', 'the pupil named Emma'],
  ['pupil', 'Élodie, 14 ans'],
  ['pupil', 'Élève Martin absent'],
  ['pupil', 'un élève nommé Noé'],
];

const harmless: readonly string[] = [
  '',
  'salle 204',
  '12/03 à 14h',
  'ce.0932030B@ac-creteil.fr',
  'CE.0932030b@AC-CRETEIL.FR',
  'Écrire à ce.0692345X@ac-lyon.fr avant le 12/03.',
  'Boîte : ce.0590001a@ac-lille.fr, ce.0750002B@ac-paris.fr',
  '28 élèves',
  'de 9h à 17h',
  '3e B',
  '2 classes de 4e',
  'Deux groupes de 14 élèves, 1 h chacun',
  '10 h 30 - 11 h 30',
  'du 18/01/2027 au 22/01/2027',
  'le 12/03/2027 à 14h',
  '18-22 janvier 2027',
  'Lundi 8 décembre 2026',
  'UAI 0932030B',
  'Collège Jean-Fictif, 0932030B',
  '75015 Paris, 12 rue des Exemples',
  '93200 Saint-Denis',
  'bâtiment B, 2e étage, porte 12',
  'code du portail à demander à l’accueil',
  'bus 183, arrêt Les Fictifs',
  'Découverte des métiers du support, un tuteur par élève.',
  'Pas plus de 30 places, 35 h par semaine',
  'Budget : 1 200 € pour 12 classes',
  'Les élèves de 3e préparent leur oral du brevet',
  'L’élève vient avec un cahier',
  'Élèves de 14 à 15 ans',
  'pupils aged 14 to 15',
  'room 204, 2nd floor',
  '28 pupils in two classes',
  'from 9:00 to 17:00',
  'on 12/03 at 2 pm',
  'The pupil brings a notebook',
  'A day with the data team, lunch included',
  'Visit on Monday 8 December 2026',
  'Prévoir un vidéoprojecteur et 2 rallonges',
  'Métiers : réseau, cybersécurité, IA',
  'https://www.education.gouv.fr/stage-3e',
  'Art. 3, 4 et 5 de la convention',
  'Nous paierons le repas',
  'Accès facile depuis la gare (10 min)',
  'Lyon, 14 h',
  'Collège Albert-Camus (3e B)',
  'Mme ou M. le principal ouvre le portail',
  'Né de l’envie de transmettre',
  'Demande n° 41, version 2.10.4',
];

describe('a free text', () => {
  test.each(harmful)('with personal data (%s) is found out: %j', (kind, text) => {
    expect(findPersonalData(text)).toBe(kind);
  });

  test.each(harmless)('without personal data is left alone: %j', (text) => {
    expect(findPersonalData(text)).toBeUndefined();
  });

  test.each(harmful)('with personal data (%s) is found out in the middle of others: %j', (_, text) => {
    expect(findPersonalData(`Salle 204, de 9h à 17h. ${text} Merci !`)).toBeDefined();
  });

  test('is looked at again from its beginning every time', () => {
    const twice = [1, 2, 3].map(() => findPersonalData('ce.0932030B@ac-creteil.fr, 06 12 34 56 78'));
    expect(twice).toEqual(['phone', 'phone', 'phone']);
  });

  test('in letters made of several characters is the same text', () => {
    expect(findPersonalData('Elève diabétique'.normalize('NFD'))).toBe('health');
    expect(findPersonalData('née le 12/03/2011'.normalize('NFD'))).toBe('birth-date');
  });
});
