import { currentVersion } from '../../domain/placements/recheck.js';
import { dayAt } from '../../text/dates.js';
import { action, type Feature, type Job, type Services } from '../feature.js';
import { areaText, readListArea } from '../shared/area.js';
import { boundedId } from '../shared/bounded-text.js';
import { mayReadRequests } from '../shared/coordination.js';
import { findRunKey } from '../shared/job-runs.js';
import { pageInput } from '../shared/list.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { changeCard, listCard, listPage, readBrokenSince } from './cards.js';
import { readPlannedIds, recheckBatch } from './recheck.js';

/** Small enough not to delay other transactions. */
const batchSize = 50;

/**
 * Rechecks planned placements once for every version of the rules, the calendars or the convention's limits. People
 * concerned are told about every change, and coordinators get a list of everything that broke.
 */
const recheckJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { store, clock } = services;
    const version = currentVersion(services.calendar, services.convention);
    const run = `recheck:${version}`;
    // A clock that was ahead took placements still to come for past ones.
    const key = await store.read((r) => findRunKey(r, run, ({ early }) => !early));
    if (key === undefined) return `recheck: done for ${version}`;
    const ids = await store.read((r) => readPlannedIds(r, dayAt(clock.now())));
    const found = { broken: 0, confirmed: 0 };
    for (let first = 0; first < ids.length; first += batchSize) {
      const news = await recheckBatch(ids.slice(first, first + batchSize), version, services, dryRun);
      found.broken += news.filter((n) => n === 'broken').length;
      found.confirmed += news.filter((n) => n === 'confirmed').length;
    }
    const summary = `${ids.length} planned, ${found.broken} possible no more, ${found.confirmed} confirmed`;
    if (dryRun) return `recheck ${version}: ${summary}; nothing was changed`;
    await store.transact(async (tx) => {
      await tx.put('jobs', { id: run, at: clock.now() });
      const channel = await tx.get('channels', 'coordinators');
      if (!channel) return;
      const { conversationId, lang } = channel;
      await services.enqueue(tx, { key, conversationId, lang, message: 'recheck.list', data: { version } });
    });
    return `recheck ${version}: ${summary}`;
  },
};

/**
 * Tells people when a calendar or an amendment makes planned placements impossible, or certain at last (article 3).
 */
export const recheck: Feature = {
  name: 'recheck',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    page: action({
      byRole: true,
      reads: true,
      input: pageInput.extend({ version: boundedId(100), area: areaText }),
      run: async (actor, at, services) => {
        if (!(await mayReadRequests(actor, services))) throw toRoleRefusal(actor, 'refusal.notCoordinator');
        return services.store.read(async (reader) => {
          const broken = await readBrokenSince(at.version, reader, services);
          const view = { version: at.version, page: at.page, area: readListArea(at, services) };
          return listPage(broken, view, actor.lang, reader, services);
        });
      },
    }),
  },
  messages: { told: changeCard, list: listCard },
  jobs: { recheck: recheckJob },
};
