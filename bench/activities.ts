import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** As the bot makes them: ulid's own source of chance asks the system for each letter, more work than an answer. */
const ulid = monotonicFactory(() => randomInt(32) / 32);

const tenant = { id: '00000000-0000-0000-0000-00000000000a' };
const employees = 100;
let activities = 0;

/** A personal chat's activity, from each of the employees in turn. */
function activityOf(connector: string, more: object): object {
  const n = ++activities;
  const who = n % employees;
  return {
    id: `activity-${n}`,
    channelId: 'msteams',
    serviceUrl: connector,
    timestamp: new Date().toISOString(),
    locale: 'fr-FR',
    from: { id: `29:${who}`, name: `Employé ${who}`, aadObjectId: `aad-${who}` },
    recipient: { id: '28:passerelle', name: 'Passerelle' },
    conversation: { id: `a:${who}`, conversationType: 'personal', tenantId: tenant.id },
    channelData: { tenant },
    ...more,
  };
}

export const message = (connector: string): object =>
  activityOf(connector, { type: 'message', text: 'bonjour' });

/** A click on a button; each in a message of its own, as forms are. */
export const click = (connector: string, verb: string, data: object, more: object = {}): object =>
  activityOf(connector, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: ulid(),
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...more,
  });

/** An employee's filled form: places for a placement in the week that starts on this Monday. */
export function submission(connector: string, monday: string): object {
  return click(connector, 'host.submit', {
    id: ulid(),
    formKey: ulid(),
    kind: 'placement-3e',
    firstDay: monday,
    lastDay: daysAfter(monday, 4),
    places: 2,
    hosting: 'individual',
    site: 'lyon',
    academies: '10',
    remark: 'Découverte des métiers du numérique',
  });
}

/** The click with which somebody makes a channel the coordinators' one. */
export const channelChoice = (connector: string): object =>
  click(
    connector,
    'setup.choose',
    { use: 'coordinators' },
    {
      conversation: {
        id: '19:coordination@thread.tacv2;messageid=1',
        conversationType: 'channel',
        tenantId: tenant.id,
      },
      channelData: {
        tenant,
        team: { id: '19:team@thread.tacv2' },
        channel: { id: '19:coordination@thread.tacv2' },
      },
    },
  );

const dayMs = 86_400_000;
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
