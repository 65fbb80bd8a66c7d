import { kinds, levels } from '../../domain/action.js';
import { type Cut, none } from '../../domain/report/cuts.js';
import type { Figures, YearReport } from '../../domain/report/figures.js';
import { isTypedSchool, several, unknown } from '../../domain/report/location.js';
import { typedSchool } from '../../domain/report/safe-report.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';

type Known = Pick<Services, 'calendar' | 'convention' | 'schools'>;
/** The names of schools that were only typed. */
type Typed = Pick<YearReport, 'typedSchools'>;

/** What the row of a cut is called. Not escaped: the names of schools may have been typed. */
export function rowLabel(cut: Cut, key: string, report: Typed, t: Text, known: Known): string {
  if (key === several) return t.at(`report.several.${cut}`);
  if (key === typedSchool) return t('report.typedSchool');
  if (key === unknown || key === none) return t.at(`report.none.${cut}`);
  return names[cut](key, t, known, report);
}

const names: Record<Cut, (key: string, t: Text, known: Known, report: Typed) => string> = {
  kind: (kind, t) => t.at(`kinds.${kind}`),
  level: (level, t) => t.at(`level.${level}`),
  region: (region) => region,
  academie: (code, _, { calendar }) => calendar.academies.find((a) => a.code === code)?.name ?? code,
  departement: (code, t, { calendar }) => {
    const academie = calendar.academies.find(({ departements }) => departements.includes(code))?.name;
    return academie ? t('report.departement', { code, academie }) : code;
  },
  school: (key, t, { schools }, { typedSchools }) => {
    if (isTypedSchool(key)) return typedSchools.get(key) ?? key.slice(1);
    const school = schools.byUai(key);
    if (!school) return key;
    const name = `${school.name}, ${school.town}`;
    return school.priority ? t('report.priority', { name, network: school.priority }) : name;
  },
  event: (id, _, { calendar }) => calendar.events.findLast((event) => event.id === id)?.name ?? id,
  month: (month, t) => t.dates.month(`${month}-01`),
  site: (id, _, { convention }) => convention.sites.find((s) => s.id === id)?.name ?? id,
};

/** The order of the rows of cuts that have one of their own. */
const orders: Partial<Record<Cut, readonly string[]>> = { kind: kinds, level: levels };

/** The rows of a cut as they are shown: months and kinds in their own order, others by actions; the rest comes last. */
export function sortedRows(cut: Cut, report: YearReport): [key: string, figures: Figures][] {
  const order = orders[cut];
  const rank = (key: string): number => {
    if (key === several || key === typedSchool) return 2;
    return key === unknown || key === none ? 3 : 1;
  };
  return [...report.cuts[cut]].sort(
    ([a, x], [b, y]) =>
      rank(a) - rank(b) ||
      (order ? order.indexOf(a) - order.indexOf(b) : 0) ||
      (cut === 'month' ? 0 : y.actions - x.actions || y.pupils - x.pupils) ||
      (a < b ? -1 : 1),
  );
}
