/**
 * Microsoft 365 Agents Playground as a person uses it, for tests in a real browser. Nothing here sleeps:
 * each step waits for the request it causes, or for what the page then shows.
 */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import {
  BOT,
  CHANNELS,
  CURRENT_USER,
  PERSONAL_CHAT_ID,
  type PlaygroundUser,
  serviceUrl,
  TEAM,
  TENANT_ID,
} from '../../scripts/playground/config.js';

const RESULTS = 'test-results';
const VIEWPORT = { width: 1280, height: 900 };
/** Machines share their cores with other work. */
const WAIT = 45_000;

/** A post of the channel, answers included: it holds its own box for a reply. */
const POST =
  "//div[@role='group'][contains(concat(' ', @class, ' '), ' fui-Card ')][.//button[@aria-label='Send Message']]";

/** A card, not one that unfolds inside it. */
const isCard = "contains(concat(' ', @class, ' '), ' ac-adaptiveCard ')";
const CARD = `*[${isCard}][not(ancestor::*[${isCard}])]`;

/** A message as the Playground's socket told it; the page shows no ids. */
interface Message {
  readonly conversationId: string;
  readonly messageId: string;
  readonly text: string;
  readonly card: Record<string, unknown> | undefined;
}

interface Frame {
  action: string;
  actionConversationId: string;
  message: {
    messageId: string;
    postConversationId?: string;
    text?: string;
    attachments?: { content?: Record<string, unknown> }[];
  };
}

export interface CardAction {
  readonly type: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: Record<string, unknown>;
}

/** Every action of a card, wherever it is. */
export function actionsOf(node: unknown): CardAction[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as CardAction).type === 'Action.Execute' ? [node as CardAction] : [];
  return [...own, ...Object.values(node).flatMap(actionsOf)];
}

/** What a person puts in a form, by label: text, a number, `YYYY-MM-DD`, `HH:MM`, a choice, several, a tick. */
export type Value = string | number | boolean | readonly string[];

/** What the bot answered to a button. Nothing for `Action.Submit`. */
export interface Answer {
  readonly type?: string;
  readonly value?: unknown;
}

const FILL_ATTEMPTS = 3;

/** As a pattern, in which a space is any space: texts have no-break ones. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s');

/** An Adaptive Card on the Playground's page. */
export class CardOnPage {
  constructor(
    private readonly page: Page,
    readonly root: Locator,
    private readonly errors: readonly string[],
  ) {}

  text(): Promise<string> {
    return this.root.innerText();
  }

  /** Waits until the card shows `text`: after a button, it is replaced in its place. */
  async shows(text: string | RegExp): Promise<void> {
    await this.root.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** The strip under the card, with the message or the error that the bot answered. */
  get strip(): Locator {
    return this.root.locator('xpath=../..//button[@aria-label="Dismiss Invoke Message"]/..');
  }

  /**
   * Fills inputs by their labels. A message that arrives redraws the chat and empties its forms, so the
   * values are read again at the end, and what was lost is filled again.
   */
  async fill(values: Readonly<Record<string, Value>>): Promise<void> {
    const entries = Object.entries(values);
    for (let attempt = 1; ; attempt += 1) {
      for (const [label, value] of entries) {
        const input = await this.input(label);
        if (!(await input.holds(value))) await input.set(value);
      }
      const lost: string[] = [];
      for (const [label, value] of entries) {
        if (!(await (await this.input(label)).holds(value))) lost.push(label);
      }
      if (lost.length === 0) return;
      if (attempt === FILL_ATTEMPTS)
        throw new Error(`These inputs do not keep their value: ${lost.join(', ')}.`);
    }
  }

  /** Presses a button that asks the bot, and gives its answer. */
  async press(title: string): Promise<Answer> {
    const asked = this.page
      .waitForResponse((response) => /\/_conversation\/v1\/(invoke|submit)$/.test(response.url()))
      .catch(() => undefined);
    await this.root.getByRole('button', { name: title, exact: true }).click();
    const response = await asked;
    if (!response) {
      const why = this.errors.length > 0 ? `The page failed: ${this.errors.join('; ')}. ` : '';
      throw new Error(`"${title}" sent nothing. ${why}The card shows:\n${await this.text()}`);
    }
    const body = await response.text();
    return body ? (JSON.parse(body) as Answer) : {};
  }

  /** Taps the first text like this, which has a `selectAction` that asks the bot. */
  async tap(text: string | RegExp): Promise<void> {
    const [response] = await Promise.all([
      this.page.waitForResponse((answer) => answer.url().endsWith('/_conversation/v1/invoke')),
      this.root.getByText(text).first().click(),
    ]);
    await response.finished();
  }

  /**
   * Presses a button that asks nobody: `Action.ShowCard`, `Action.ToggleVisibility`, or that of a form which
   * the client finds incomplete.
   */
  async click(title: string): Promise<void> {
    await this.root.getByRole('button', { name: title, exact: true }).click();
  }

  /** The input under a label, and how its kind is filled and read. */
  private async input(
    label: string,
  ): Promise<{ set(v: Value): Promise<void>; holds(v: Value): Promise<boolean> }> {
    const named = this.root
      .locator('label')
      .filter({ hasText: new RegExp(`^\\s*${escaped(label)}\\s*\\*?\\s*$`), visible: true })
      .first();
    const id = await named.getAttribute('for');
    const control = this.root.locator(`[id="${id}"]`);
    // No inner function: tsx would name it with a helper that the page doesn't have.
    const kind = await control.evaluate((element) => {
      const role = element.getAttribute('role');
      if (element.closest('.fui-DatePicker, .fui-TimePicker') || role === 'spinbutton') return 'typed';
      if (role === 'combobox') return 'list';
      if (role === 'radiogroup') return 'radios';
      if (element.getAttribute('type') === 'checkbox') return 'tick';
      return element.tagName === 'DIV' ? 'ticks' : 'text';
    });
    const many = (value: Value): string[] => (Array.isArray(value) ? [...value] : [String(value)]);

    switch (kind) {
      case 'list':
        return {
          set: (value) => this.choose(control, many(value), Array.isArray(value)),
          holds: async (value) => (await control.inputValue()) === many(value).join(', '),
        };
      case 'radios':
        return {
          set: (value) => control.getByRole('radio', { name: String(value), exact: true }).check(),
          holds: (value) => control.getByRole('radio', { name: String(value), exact: true }).isChecked(),
        };
      case 'ticks': {
        const boxes = async () => {
          const found = [];
          for (const title of await control.locator('label').all()) {
            found.push({
              title: (await title.textContent())?.trim() ?? '',
              box: control.locator(`[id="${await title.getAttribute('for')}"]`),
            });
          }
          return found;
        };
        return {
          set: async (value) => {
            for (const { title, box } of await boxes()) await box.setChecked(many(value).includes(title));
          },
          holds: async (value) => {
            const ticked = [];
            for (const { title, box } of await boxes()) if (await box.isChecked()) ticked.push(title);
            return ticked.sort().join() === many(value).sort().join();
          },
        };
      }
      case 'tick':
        return {
          set: (value) => control.setChecked(value === true),
          holds: async (value) => (await control.isChecked()) === value,
        };
      case 'typed':
        return {
          set: async (value) => {
            await control.fill(String(value));
            // Enter would open the calendar, which hides the rest of the page.
            await control.blur();
          },
          holds: (value) => this.isTyped(control, String(value)),
        };
      default:
        return {
          set: (value) => control.fill(String(value)),
          holds: async (value) => (await control.inputValue()) === String(value),
        };
    }
  }

  /** Whether a date, a time or a number is the one that is shown, in the browser's words. */
  private async isTyped(control: Locator, value: string): Promise<boolean> {
    const shown = await control.inputValue();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return shown === value;
    const [year, month, day] = value.split('-').map(Number) as [number, number, number];
    const words = new Intl.DateTimeFormat('fr-FR', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    return shown === words.format(Date.UTC(year, month - 1, day));
  }

  private async choose(list: Locator, wanted: readonly string[], several: boolean): Promise<void> {
    await list.click();
    if (!several) {
      await this.page.getByRole('option', { name: wanted[0] ?? '', exact: true }).click();
      return;
    }
    const items = this.page.getByRole('menuitemcheckbox');
    await items.first().waitFor();
    for (const item of await items.all()) {
      const ticked = (await item.getAttribute('aria-checked')) === 'true';
      if (ticked !== wanted.includes((await item.textContent())?.trim() ?? '')) await item.click();
    }
    await this.page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
  }
}

export class PlaygroundPage {
  /** Errors of the page itself: a button that does nothing usually left one. */
  readonly errors: string[] = [];
  private readonly messages = new Map<string, Message>();
  /** Undefined in the personal chat. */
  private channelId: string | undefined;

  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async open(url: string): Promise<PlaygroundPage> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    try {
      // A date that is typed is read in the browser's zone.
      const page = await browser.newPage({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: VIEWPORT });
      page.setDefaultTimeout(WAIT);
      const playground = new PlaygroundPage(browser, page, url);
      await playground.load();
      return playground;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Closes the browser. */
  async close(): Promise<void> {
    await this.browser.close();
  }

  private async load(): Promise<void> {
    const { page } = this;
    const own = new URL(this.url).host;
    // Its fonts and animations come from a CDN; tests depend on nothing outside.
    await page.route(
      (address) => address.host !== own,
      (route) => route.abort(),
    );
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('websocket', (socket) => {
      if (socket.url().includes('/_ws_conversation/')) {
        socket.on('framereceived', ({ payload }) => this.remember(JSON.parse(String(payload)) as Frame));
      }
    });
    // Opening the page installs the bot in the personal chat, each time.
    const installed = page.waitForResponse((response) => response.url().endsWith('/installation'));
    await page.goto(this.url);
    await (await installed).finished();
    // The log panel takes the room of the cards.
    await page.getByTitle('Hide log panel').click();
    await this.box.waitFor();
  }

  private remember(frame: Frame): void {
    if (frame.action !== 'createMessage' && frame.action !== 'updateMessage') return;
    const { messageId, postConversationId, text, attachments } = frame.message;
    const known = this.messages.get(messageId);
    this.messages.set(messageId, {
      conversationId: known?.conversationId ?? postConversationId ?? frame.actionConversationId,
      messageId,
      text: text ?? '',
      card: attachments?.[0]?.content,
    });
  }

  /** Where a message is written: the chat's box, or in a channel that of a new post. */
  private get box(): Locator {
    return this.page.getByRole('textbox').and(this.page.locator('[contenteditable=true]')).first();
  }

  private get allCards(): Locator {
    return this.page.locator(`xpath=//${CARD}`);
  }

  private card(root: Locator): CardOnPage {
    return new CardOnPage(this.page, root.first(), this.errors);
  }

  async goToPersonalChat(): Promise<void> {
    await this.page.getByRole('treeitem', { name: 'Personal Chat', exact: true }).click();
    await this.page.getByRole('button', { name: 'Send Message' }).waitFor();
    this.channelId = undefined;
  }

  /** Goes to a channel of the team. The first time, the Playground installs the bot there. */
  async goToChannel(
    channel: { readonly id: string; readonly name: string } = CHANNELS.coordination,
  ): Promise<void> {
    await this.page.getByRole('treeitem', { name: `${TEAM.name} - ${channel.name}`, exact: true }).click();
    await this.page.getByRole('button', { name: 'Post', exact: true }).waitFor();
    this.channelId = channel.id;
  }

  /** Writes in the personal chat, and waits for no answer. */
  async write(text: string): Promise<void> {
    await this.box.click();
    await this.page.keyboard.insertText(text);
    await this.post(this.page.getByRole('button', { name: 'Send Message' }));
  }

  private async post(button: Locator): Promise<void> {
    const posted = this.page.waitForResponse((response) => response.url().endsWith('/messages'));
    await button.click();
    await (await posted).finished();
  }

  /** Writes in the personal chat, and gives the card that answers. */
  async send(text: string): Promise<CardOnPage> {
    const before = await this.allCards.count();
    await this.write(text);
    const card = this.card(this.allCards.nth(before));
    await card.root.waitFor();
    return card;
  }

  /** Starts a post in the channel that mentions the bot, and gives the card that answers. */
  async mention(text: string): Promise<CardOnPage> {
    // Found by what it says: the bot may post meanwhile.
    const posts = this.page.locator(`xpath=${POST}`).filter({ hasText: `${BOT.name} ${text}` });
    const before = await posts.count();
    await this.box.click();
    await this.page.keyboard.type('@');
    await this.page.locator('#typeahead-menu').getByRole('menuitem').filter({ hasText: BOT.name }).click();
    await this.page.keyboard.insertText(` ${text}`);
    await this.post(this.page.getByRole('button', { name: 'Post', exact: true }));
    // The newest post is the first of the page, so a post keeps its place from the end.
    const mine = posts.nth(-1 - before);
    const card = this.card(mine.locator('.ac-adaptiveCard'));
    await card.root.waitFor();
    return card;
  }

  /** The newest card of what is open: the last of a chat, that of the first post of a channel. */
  lastCard(): CardOnPage {
    if (!this.channelId) return this.card(this.allCards.last());
    return this.card(
      this.page
        .locator(`xpath=(${POST})[.//*[contains(@class, 'ac-adaptiveCard')]][1]`)
        .locator('.ac-adaptiveCard')
        .last(),
    );
  }

  /**
   * The newest card that holds `text`, once there is one, and the same card whatever it says afterwards. The bot may
   * have sent it by itself.
   */
  async cardWith(text: string | RegExp): Promise<CardOnPage> {
    const holding = this.allCards.filter({ hasText: text });
    const found = this.channelId ? holding.first() : holding.last();
    await found.waitFor();
    // A channel has the newest first, so a card keeps its place from the end.
    const place = this.channelId
      ? `last()-${await found.locator(`xpath=following::${CARD}`).count()}`
      : `${(await found.locator(`xpath=preceding::${CARD}`).count()) + 1}`;
    return this.card(this.page.locator(`xpath=(//${CARD})[${place}]`));
  }

  /** Waits until the open conversation shows `text`, in a card or out of one. */
  async shows(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  /** `test-results/NAME.png`, as a person sees the page; with a card, `NAME-card.png` shows the whole of it. */
  async screenshot(name: string, card?: CardOnPage): Promise<void> {
    await mkdir(RESULTS, { recursive: true });
    await card?.root.scrollIntoViewIfNeeded();
    await this.page.screenshot({ path: path.join(RESULTS, `${name}.png`) });
    if (!card) return;
    const box = await card.root.boundingBox();
    // A card higher than the window would be cut.
    await this.page.setViewportSize({
      ...VIEWPORT,
      height: Math.max(VIEWPORT.height, Math.ceil(box?.height ?? 0) + 400),
    });
    await card.root.scrollIntoViewIfNeeded();
    await card.root.screenshot({ path: path.join(RESULTS, `${name}-card.png`) });
    await this.page.setViewportSize(VIEWPORT);
  }

  /**
   * What the menu "Mock an Activity" does, without its editor: the bot gets this activity, from Camille in the
   * open conversation unless it says otherwise. The answer to an invoke is shown nowhere.
   */
  async sendActivity(activity: Readonly<Record<string, unknown>>): Promise<void> {
    const now = new Date().toISOString();
    const response = await fetch(`${this.url}/_internal/v1/customActivities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        timestamp: now,
        localTimestamp: now,
        channelId: 'msteams',
        serviceUrl: serviceUrl(Number(new URL(this.url).port)),
        recipient: BOT,
        from: { id: CURRENT_USER.id, aadObjectId: CURRENT_USER.aadObjectId, name: CURRENT_USER.name },
        locale: 'fr-FR',
        conversation: this.channelId
          ? { id: this.channelId, isGroup: true, conversationType: 'channel', tenantId: TENANT_ID }
          : { id: PERSONAL_CHAT_ID, conversationType: 'personal', tenantId: TENANT_ID },
        channelData: {
          tenant: { id: TENANT_ID },
          ...(this.channelId && { team: { id: TEAM.id }, channel: { id: this.channelId } }),
        },
        ...activity,
      }),
    });
    if (!response.ok)
      throw new Error(`The Playground refused the activity: ${response.status} ${await response.text()}`);
  }

  /** The newest message whose card holds `text`, and its button with this title. */
  private find(text: string, button: string): { message: Message; action: CardAction } {
    const message = [...this.messages.values()]
      .reverse()
      .find((m) => m.card && JSON.stringify(m.card).includes(JSON.stringify(text).slice(1, -1)));
    if (!message) throw new Error(`No card with "${text}" has arrived.`);
    const actions = actionsOf(message.card);
    const action = actions.find((a) => a.title === button);
    if (action) return { message, action };
    const titles = actions.map((a) => `"${a.title}"`).join(', ') || 'none';
    throw new Error(`No button "${button}" on that card, only ${titles}.`);
  }

  /** A button of the newest card that holds `text`, for somebody else to press in a chat of their own. */
  buttonOf(text: string, button: string): CardAction {
    return this.find(text, button).action;
  }

  /**
   * Someone else of the team presses a button of the newest card that holds `text`: the Playground lets only
   * Camille click. What it changes is seen when the bot updates the card. With another verb, it is the button
   * that the person's own view of the card has.
   */
  async pressAs(
    user: PlaygroundUser,
    text: string,
    button: string,
    { verb, inputs = {} }: { verb?: string; inputs?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const { message, action } = this.find(text, button);
    const personal = !this.channelId;
    await this.sendActivity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      from: { id: user.id, aadObjectId: user.aadObjectId, name: user.name },
      conversation: {
        id: message.conversationId,
        conversationType: personal ? 'personal' : 'channel',
        tenantId: TENANT_ID,
        ...(!personal && { isGroup: true }),
      },
      replyToId: message.messageId,
      value: {
        action: {
          type: 'Action.Execute',
          title: action.title,
          verb: verb ?? action.verb,
          data: { ...action.data, ...inputs },
        },
      },
    });
  }
}
