import type { Day } from '../../domain/days.js';
import { countSeatsTaken } from '../../domain/engagements/moves.js';
import type { Area } from '../../domain/report/area.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Request, Services } from '../feature.js';
import { inArea } from '../shared/area.js';
import { readRequests } from '../shared/records.js';
import { describeWhen, rowTitle } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

/**
 * What is planned in an area, by day: sessions, and what coordinators have approved. Availabilities have no day yet, and
 * what nobody has decided on is not planned.
 */
export async function readComing(
  reader: Reader,
  area: Area,
  today: Day,
  services: Services,
): Promise<Request[]> {
  const open = await reader.list('actions', 'byState', 'open', { from: today });
  const dated = inArea(open, area, services).filter(({ halfDays }) => !halfDays);
  const requests = await readRequests(reader, dated);
  return requests.filter(
    ({ action, engagements }) => action.origin === 'need' || countSeatsTaken(engagements) > 0,
  );
}

/** What, when, where, and how many come; never who. */
export function comingRow({ action, engagements }: Request, t: Text, services: Services) {
  const schools = schoolNames(action, services).map(escapeMarkdown);
  const people = t('weekly.people', { count: countSeatsTaken(engagements) });
  return {
    title: rowTitle(action, t),
    when: describeWhen(action, t),
    place: [...schools, people].join(' · '),
  };
}
