import { existsSync, readdirSync } from 'node:fs';
import { features } from '../../src/features/index.js';

/** A run of jest: test files, and the part of their names that matters. */
export interface Run {
  readonly files: readonly string[];
  readonly named?: string;
}

const matrix = 'test/features/permissions.test.ts';
const roles = 'test/features/roles.test.ts';

/** What else tests a file, where its name does not say so. */
const further: Record<string, readonly string[]> = {
  'features/shared/offer.ts': [
    'features/open-offers',
    'features/correct',
    'features/volunteer',
    'features/host',
    'features/behalf',
    'features/channel-cards',
  ],
  'features/shared/offer-form.ts': ['features/volunteer', 'features/host'],
  'features/shared/author-card.ts': ['features/mine', 'features/correct'],
  'features/shared/calendar-line.ts': ['features/meeting-days', 'features/host'],
  'features/shared/coordination.ts': ['features/channel-cards', 'features/setup', 'features/pending'],
  'features/feature.ts': ['features/what-clients-send'],
  'features/shared/people.ts': ['features/names', 'features/decision-told', 'features/recheck'],
  'features/shared/refusals.ts': [
    'teams/silent-roster',
    'features/outcome',
    'features/mine',
    'features/behalf',
  ],
  'features/shared/event-field.ts': ['features/events'],
  'features/shared/sent-form.ts': ['features/form-ids', 'features/amendments', 'features/outcome'],
  'features/shared/area.ts': ['features/search', 'features/desk', 'features/agenda', 'features/sessions'],
  'features/erasure': ['features/erasure-begin', 'features/erasure-stores'],
  'features/files': ['teams/file-consent'],
  'features/shared/dates-line.ts': ['features/dates'],
  'features/shared/links.ts': ['features/reminders', 'features/calendar-file', 'teams/files'],
  'features/shared/preparation-view.ts': ['features/preparation'],
  'features/shared/records.ts': [
    'features/approval',
    'features/sessions',
    'features/mine',
    'features/behalf',
    'features/question',
  ],
  'features/agreements': ['features/preparation'],
  'features/behalf': ['features/sessions', 'features/imports/adding'],
  'features/imports': ['teams/dropped-file'],
  'features/invitations': ['features/waiting-list'],
  'features/publish': [
    'features/sessions',
    'features/publish-series',
    'features/channel-cards',
    'features/setup',
    'features/session-changes',
  ],
  'features/reminders': ['features/calendar-file'],
  'features/setup': ['features/held-messages', 'features/held-sessions', 'features/lost-channel'],
  'features/sessions': [
    'features/session-changes',
    'features/waiting-list',
    'features/participants',
    'features/session-buttons',
    'features/last-seat',
  ],
  'features/pending': [
    'features/desk',
    'features/undelivered',
    'teams/silent-roster',
    'features/held-messages',
  ],
  'features/approval': [
    'features/correct',
    'features/decision-told',
    'features/channel-cards',
    'features/dates',
    'features/desk',
    'features/preparation',
    'teams/silent-roster',
    'features/recheck',
  ],
  'features/outcome': ['features/question', 'features/placement-answers', 'features/tally'],
  'features/recheck': ['features/meeting-days'],
  'features/help/index.ts': ['teams/commands'],
  'teams/reply.ts': ['features/channel-commands', 'teams/silent-roster'],
  'teams/download.ts': ['teams/dropped-file'],
  'teams/take-file.ts': ['teams/dropped-file'],
  'teams/take-link.ts': ['teams/files', 'teams/file-consent', 'features/data'],
  'teams/members.ts': ['teams/directory', 'teams/moved-team'],
  'teams/authentication.ts': ['teams/auth', 'teams/signing-keys'],
  'teams/door.ts': ['teams/auth', 'teams/server'],
  'teams/read-body.ts': ['teams/server', 'teams/http'],
  'teams/directory.ts': ['teams/silent-roster', 'teams/moved-team', 'teams/auth', 'teams/outsiders'],
  'teams/connectors.ts': ['teams/connectors', 'teams/messenger', 'teams/server', 'teams/auth'],
  'teams/gate.ts': [
    'features/erasure-begin',
    'features/imports/adding',
    'teams/auth',
    'security/security',
    'teams/older-clients',
    'teams/moved-team',
    'teams/outsiders',
    'features/preferences',
    'features/retention',
  ],
  'teams/actor.ts': ['features/help', 'teams/silent-roster', 'teams/auth', 'teams/commands'],
  'teams/presence.ts': ['teams/bot', 'features/help', 'features/lost-channel', 'teams/moved-team'],
  'teams/bot.ts': [
    'teams/directory',
    'features/help',
    'teams/silent-roster',
    'teams/auth',
    'teams/commands',
    'features/channel-commands',
    'teams/model',
    'teams/file-consent',
  ],
  'teams/model': ['teams/model-hostile'],
  'teams/installation.ts': ['teams/bot', 'features/help', 'features/lost-channel', 'teams/moved-team'],
  'teams/incoming.ts': ['teams/gate', 'security/security', 'teams/older-clients', 'teams/auth'],
};

/** What of the matrix asks about files that are not of one feature. */
const asked: Record<string, Run> = {
  'features/feature.ts': { files: [roles, matrix] },
  'features/shared/coordination.ts': { files: [matrix], named: ' (pending|approval|recheck)\\.' },
  'features/shared/offer.ts': { files: [matrix], named: ' (volunteer|host|mine)\\.' },
  'features/shared/offer-form.ts': { files: [matrix], named: ' (volunteer|host)\\.' },
  'features/shared/refusals.ts': { files: [matrix] },
  'teams/bot.ts': { files: [matrix] },
  'teams/directory.ts': { files: [matrix], named: ' (approval|pending|setup)\\.' },
  'teams/gate.ts': { files: [matrix], named: ' (mine|approval|setup)\\.| /|nothing is for' },
  'teams/reply.ts': { files: [matrix], named: ' /' },
};

/** The names of the features that the folder of another one makes. */
const made: Record<string, string> = { behalf: '(behalf|volunteerFor|hostFor)' };

const suite = (name: string): string => `test/${name}.test.ts`;
const missing = Object.values(further)
  .flat()
  .filter((name) => !existsSync(suite(name)));
if (missing.length > 0) throw new Error(`There is no such suite: ${missing.join(', ')}`);

/** The suites of a feature that has a folder of them. */
function suitesIn(folder: string): string[] {
  if (!existsSync(`test/${folder}`)) return [];
  return readdirSync(`test/${folder}`)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${folder}/${name}`);
}

/** The runs that may notice a change to a file, those first that mostly do. */
export function runsFor(file: string): Run[] {
  const short = file.replace(/^src\//, '');
  const stem = short.replace(/\.ts$/, '');
  const folder = short.split('/').slice(0, 2).join('/');
  const named = [stem, folder, ...(further[short] ?? further[folder] ?? [])].map(suite);
  const own = [...new Set([...named.filter((path) => existsSync(path)), ...suitesIn(folder)])];
  const feature = features.find((f) => folder === `features/${f.name}`);
  const command = feature?.open && feature.commands.fr[0]?.replaceAll(' ', '_');
  if (!feature) {
    const rest = asked[short];
    return [{ files: own }, ...(rest ? [rest] : [])];
  }
  const asking = [`${made[feature.name] ?? feature.name}\\.`, ...(command ? [`/${command} `] : [])]
    .map((name) => ` ${name}`)
    .join('|');
  return [{ files: [roles, matrix], named: `${asking}|depends|may do` }, { files: own }];
}
