import type { School, SchoolKind } from '../../src/domain/schools/school.js';
import { calendar } from './builders.js';

/** The columns of the official directory in its order, those that are never read among them. */
const columns = [
  'Identifiant_de_l_etablissement',
  'Nom_etablissement',
  'Type_etablissement',
  'Statut_public_prive',
  'Adresse_1',
  'Adresse_2',
  'Adresse_3',
  'Code_postal',
  'Code_commune',
  'Nom_commune',
  'Code_departement',
  'Code_academie',
  'Code_region',
  'Ecole_maternelle',
  'Ecole_elementaire',
  'Voie_generale',
  'Voie_technologique',
  'Voie_professionnelle',
  'Telephone',
  'Fax',
  'Web',
  'Mail',
  'Restauration',
  'Hebergement',
  'ULIS',
  'Apprentissage',
  'Segpa',
  'Section_arts',
  'Section_cinema',
  'Section_theatre',
  'Section_sport',
  'Section_internationale',
  'Section_europeenne',
  'Lycee_Agricole',
  'Lycee_militaire',
  'Lycee_des_metiers',
  'Post_BAC',
  'Appartenance_Education_Prioritaire',
  'GRETA',
  'SIREN_SIRET',
  'Nombre_d_eleves',
  'Fiche_onisep',
  'position',
  'Type_contrat_prive',
  'Libelle_departement',
  'Libelle_academie',
  'Libelle_region',
  'coordX_origine',
  'coordY_origine',
  'epsg_origine',
  'nom_circonscription',
  'latitude',
  'longitude',
  'precision_localisation',
  'date_ouverture',
  'date_maj_ligne',
  'etat',
  'ministere_tutelle',
  'multi_uai',
  'rpi_concentre',
  'rpi_disperse',
  'code_nature',
  'libelle_nature',
  'Code_type_contrat_prive',
  'PIAL',
  'etablissement_mere',
  'type_rattachement_etablissement_mere',
  'code_circonscription',
  'code_zone_animation_pedagogique',
  'libelle_zone_animation_pedagogique',
  'code_bassin_formation',
  'libelle_bassin_formation',
] as const;
export type DirectoryRow = Partial<Record<(typeof columns)[number], string>>;

const natures: Readonly<Record<SchoolKind, readonly [nature: string, type: string, label: string]>> = {
  college: ['340', 'Collège', 'COLLEGE'],
  'lycee-gt': ['302', 'Lycée', 'LYCEE D ENSEIGNEMENT GENERAL'],
  'lycee-polyvalent': ['306', 'Lycée', 'LYCEE POLYVALENT'],
  'lycee-pro': ['320', 'Lycée', 'LYCEE PROFESSIONNEL'],
  erea: ['370', 'EREA', 'ETABLISSEMENT REGIONAL D ENSEIGNT ADAPTE'],
};

/** The row of the official directory for a school, with what is never read: a telephone, a mail, an address. */
export function directoryRow(school: School, overrides: DirectoryRow = {}): DirectoryRow {
  const [code_nature, Type_etablissement, libelle_nature] = natures[school.kind];
  const { uai, departement } = school;
  return {
    Identifiant_de_l_etablissement: uai,
    Nom_etablissement: school.name,
    Type_etablissement,
    Statut_public_prive: school.sector === 'public' ? 'Public' : 'Privé',
    Adresse_1: '1 place de la "Mairie"',
    Code_postal: school.postcode,
    Nom_commune: school.town.replace(/^((?:Paris|Lyon|Marseille) \d+er?)$/, '$1  Arrondissement'),
    Code_departement: departement.padStart(3, '0'),
    Telephone: '01 99 00 12 34',
    Fax: '01 99 00 12 35',
    Mail: `ce.${uai}@ac-exemple.fr`,
    Appartenance_Education_Prioritaire: school.priority ?? '',
    position: '48.8,2.3',
    Libelle_academie: calendar.academies.find((a) => a.code === school.academie)?.name ?? '',
    Libelle_region: 'Ile-de-France',
    etat: 'OUVERT',
    ministere_tutelle: "MINISTERE DE L'EDUCATION NATIONALE",
    code_nature,
    libelle_nature,
    ...overrides,
  };
}

const quoted = (value: string): string => (/[";\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The official directory with these rows: UTF-8 with BOM. */
export const directoryCsv = (rows: readonly DirectoryRow[], without: readonly string[] = []): string => {
  const kept = columns.filter((c) => !without.includes(c));
  const lines = rows.map((row) => kept.map((c) => quoted(row[c] ?? '')).join(';'));
  return `\uFEFF${[kept.join(';'), ...lines].join('\n')}\n`;
};
