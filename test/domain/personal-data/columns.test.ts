import { findPersonalColumns } from '../../../src/domain/personal-data/index.js';

/** `fr-en-annuaire-education`, the public directory of schools. */
const directory =
  `Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Adresse_1;
  Adresse_2;Adresse_3;Code_postal;Code_commune;Nom_commune;Code_departement;Code_academie;Code_region;
  Ecole_maternelle;Ecole_elementaire;Voie_generale;Voie_technologique;Voie_professionnelle;Telephone;Fax;Web;Mail;
  Restauration;Hebergement;ULIS;Apprentissage;Segpa;Section_arts;Section_sport;Lycee_Agricole;Lycee_des_metiers;
  Post_BAC;Appartenance_Education_Prioritaire;GRETA;SIREN_SIRET;Nombre_d_eleves;Fiche_onisep;position;
  Type_contrat_prive;Libelle_departement;Libelle_academie;Libelle_region;latitude;longitude;date_ouverture;
  date_maj_ligne;etat;ministere_tutelle;multi_uai;code_nature;libelle_nature;PIAL;etablissement_mere;
  type_rattachement_etablissement_mere;code_circonscription;code_bassin_formation`
    .split(';')
    .map((name) => name.trim());

const refused = (...columns: string[]) => findPersonalColumns(columns).map(({ column }) => column);

test.each([
  ['nom_eleve', 'pupil'],
  ['Prénom', 'pupil'],
  ['NOM', 'pupil'],
  ['nomFamille', 'pupil'],
  ['first_name', 'pupil'],
  ['Full name', 'pupil'],
  ['date_naissance', 'birth-date'],
  ['Né(e) le', 'birth-date'],
  ['DateNaissance', 'birth-date'],
  ['Âge', 'birth-date'],
  ['DOB', 'birth-date'],
  ['telephone', 'phone'],
  ['Tél. portable', 'phone'],
  ['mobilePhone', 'phone'],
  ['email', 'email'],
  ['E-mail', 'email'],
  ['adresse_mail', 'email'],
  ['INE', 'ine'],
  ['Identifiant national élève', 'ine'],
  ['n° sécu', 'nir'],
  ['professeur', 'teacher'],
  ['Professeur principal', 'teacher'],
  ["Chef d'établissement", 'teacher'],
  ['contact', 'teacher'],
  ['PAI', 'health'],
  ['handicap', 'health'],
  ['domicile', 'address'],
  ['adresse_eleve', 'pupil'],
  ['snapchat', 'handle'],
])('a column named %j refuses a file: %s', (column, kind) => {
  expect(findPersonalColumns(['UAI', column])).toEqual([{ column, kind }]);
});

test('columns about a school, a place or a number of pupils refuse nothing', () => {
  const harmless = 'uai;Nom_etablissement;nom_commune;ville;adresse;code_postal;académie;zone;classe;niveau';
  expect(refused(...harmless.split(';'), 'nb_eleves', 'Nombre élève', 'effectif', 'date', 'places')).toEqual(
    [],
  );
  expect(refused('nbPupils', 'number of pupils', 'school name', 'level', 'remark', 'image', 'page')).toEqual(
    [],
  );
});

test('of the public school directory, the ways to reach a school are refused until they are said to be dropped', () => {
  expect(refused(...directory)).toEqual(['Telephone', 'Fax', 'Mail']);
  expect(findPersonalColumns(directory, ['Telephone', 'Fax', 'Mail'])).toEqual([]);
  expect(findPersonalColumns([...directory, 'nom_eleve'], ['Telephone', 'Fax', 'Mail'])).toEqual([
    { column: 'nom_eleve', kind: 'pupil' },
  ]);
});

test('a column that is expected may be written in another way, and lets no other pass', () => {
  expect(findPersonalColumns(['Téléphone', 'telephone_eleve'], ['Telephone'])).toEqual([
    { column: 'telephone_eleve', kind: 'phone' },
  ]);
});
