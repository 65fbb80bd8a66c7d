/** Loaded with the first message, as a module of our own so that the bundle's file has a recognisable name. */
import { Application as TeamsApplication } from '@microsoft/teams-ai/lib/Application.js';

/**
 * Says nothing before the answer. After a second the framework would send that the bot is typing, whatever its option
 * says, from one timer for all turns; the answer waited for that, and could be taken for the second one.
 */
export class Application extends TeamsApplication {
  override startTypingTimer(): void {}
}
