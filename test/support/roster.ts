/** What Teams says of who is in the coordinators' team, and who may do what for it. */
import { type TestBot, type TestPerson, team, textOf } from './bot.js';
import { says, startFast } from './flows.js';

export const tenantId = '00000000-0000-0000-0000-00000000000a';

const isRead = ({ path }: { path: string }) => path.includes('pagedmembers');

export function rosterOf(bot: TestBot) {
  const open = (who: TestPerson) => bot.click(who, 'pending.open');
  return {
    /** The members of the team from now on. */
    set: (...people: readonly TestPerson[]) =>
      bot.connector.setMembers(
        team,
        people.map((p) => ({ tenantId, ...p })),
      ),
    /** How often Teams was asked for a page of it. */
    reads: () => bot.connector.requests.filter(isRead).length,
    /** Teams answers 500 from now on. */
    fails: () => bot.connector.fail({ match: isRead, status: 500, times: Number.POSITIVE_INFINITY }),
    /** Teams holds up its next answer. */
    heldUp: () => {
      let answers = () => {};
      const until = new Promise<void>((resolve) => {
        answers = resolve;
      });
      bot.connector.fail({ match: isRead, until });
      return { answers };
    },
    /** Whether somebody is told that the list of the coordinators is not for them. */
    refuses: async (who: TestPerson) =>
      textOf((await open(who)).value).includes(says('fr', 'refusal.notCoordinator.heading')),
    /** Whether somebody is told that Teams did not answer. */
    isSilent: async (who: TestPerson) =>
      String((await open(who)).value.message).includes(says('fr', 'refusal.teamUnknown.heading')),
    later: (minutes: number) => bot.setNow(new Date(Date.parse(bot.now()) + minutes * 60_000).toISOString()),
  };
}
export type Roster = ReturnType<typeof rosterOf>;

/** A bot whose coordinators' channel belongs to a team of these people, and what Teams says of that team. */
export async function startWithTeam(
  coordinators: readonly TestPerson[],
  env: Record<string, string> = {},
): Promise<{ bot: TestBot; roster: Roster }> {
  const bot = await startFast({ env });
  await bot.setUp(coordinators);
  return { bot, roster: rosterOf(bot) };
}
