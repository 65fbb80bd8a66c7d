import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** As the bot makes them: ulid's own source of chance asks the system for each letter, more work than an answer. */
const ulid = monotonicFactory(() => randomInt(32) / 32);

const tenant = { id: '00000000-0000-0000-0000-00000000000a' };
/** So many that none of them asks more, or offers more, than one person may. */
const employees = 1_000;
let activities = 0;

/** A personal chat's activity, from each of the employees in turn. */
function activityOf(connector: string, more: object): object {
  const n = ++activities;
  return {
    id: `activity-${n}`,
    channelId: 'msteams',
    serviceUrl: connector,
    timestamp: new Date().toISOString(),
    locale: 'fr-FR',
    recipient: { id: '28:passerelle', name: 'Passerelle' },
    channelData: { tenant },
    ...sentBy(String(n % employees)),
    ...more,
  };
}

/** What an activity of this person says of where it comes from. */
export const sentBy = (who: string): object => ({
  from: { id: `29:${who}`, name: `Employé ${who}`, aadObjectId: `aad-${who}` },
  conversation: { id: `a:${who}`, conversationType: 'personal', tenantId: tenant.id },
});

export const message = (connector: string, more: object = {}): object =>
  activityOf(connector, { type: 'message', text: 'bonjour', ...more });

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
export function submission(
  connector: string,
  monday: string,
  { more = {}, remark = 'Découverte des métiers du numérique' }: { more?: object; remark?: string } = {},
): object {
  const inputs = {
    id: ulid(),
    formKey: ulid(),
    kind: 'placement-3e',
    firstDay: monday,
    lastDay: daysAfter(monday, 4),
    places: 2,
    hosting: 'individual',
    site: 'lyon',
    academies: '10',
    remark,
  };
  return click(connector, 'host.submit', inputs, more);
}

/** The coordinators' channel. */
export const channelId = '19:coordination@thread.tacv2';

/** The click with which somebody makes a channel the coordinators' one. */
export const channelChoice = (connector: string): object =>
  click(
    connector,
    'setup.choose',
    { use: 'coordinators' },
    {
      conversation: {
        id: `${channelId};messageid=1`,
        conversationType: 'channel',
        tenantId: tenant.id,
      },
      channelData: {
        tenant,
        team: { id: '19:team@thread.tacv2' },
        channel: { id: channelId },
      },
    },
  );

const dayMs = 86_400_000;
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
