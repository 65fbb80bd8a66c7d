/** The main job, from the choice of the channels to English. */
import assert from 'node:assert/strict';
import { CHANNELS, USERS } from '../../../scripts/playground/config.js';
import { addDays, mondayOf } from '../../../src/domain/days.js';
import { monday, today, weekdayIn } from '../days.js';
import { type Flow, setUpCoordination } from '../flow.js';

export const main: Flow = {
  name: 'main',
  steps: [
    [
      'the channels are chosen, and what waits is shown in the coordinators’ one',
      async ({ p }) => {
        await setUpCoordination(p, '00-setup');
        await p.goToChannel(CHANNELS.announcements);
        const other = await p.mention('configurer');
        await other.press('Canal des annonces');
        await other.shows('Ce canal est celui des annonces');
      },
    ],
    [
      'the bot says what it is good for, in French',
      async ({ p }) => {
        await p.goToPersonalChat();
        const card = await p.send('Bonjour');
        await card.shows('Faites découvrir votre métier aux élèves');
        await p.screenshot('01-welcome', card);
      },
    ],
    [
      // The Playground does not ask the bot while a person types; Teams does, and so does `search`.
      'an employee volunteers for a class talk, at a school found by typing, then by its code',
      async ({ p, search }) => {
        const school = await search('clg ex promenade nice');
        assert.match(school.title, /^Collège Exemple de la Promenade, Nice/);
        const card = await p.send('proposer');
        await card.click('Il n’est pas dans la liste');
        await card.fill({
          'Niveau des élèves': '4e',
          Jour: weekdayIn(20),
          De: '10:00',
          À: '11:30',
          'Établissement : nom ou code UAI': school.value.toLowerCase(),
          'Remarque (facultatif)': 'Mon métier : analyste en cybersécurité.',
        });
        await p.screenshot('02-volunteer-form', card);
        await card.press('Envoyer la proposition');
        await card.shows('Votre proposition est envoyée');
        await card.shows(/Collège Exemple de la Promenade, Nice/);
        await p.screenshot('03-volunteer-sent', card);
      },
    ],
    [
      'a placement in the holidays is refused with the reason and dates that work; one click sends these',
      async ({ p }) => {
        const card = await p.send('Accueillir');
        const first = monday(true);
        await card.fill({
          'Accueil proposé': 'Stage de 3e : 3 à 5 jours',
          'Premier jour': first,
          'Dernier jour': addDays(first, 4),
          'Places (1 à 30)': '2',
          'Remarque (facultatif)': 'Découverte des métiers du support.',
        });
        await card.press('Envoyer l’offre');
        await card.shows('Un point à corriger');
        await card.shows(/Ces jours tombent dans les vacances/);
        await p.screenshot('04-host-refused', card);
        const proposal = (await card.text()).match(/^Du .+$/m)?.[0];
        assert.ok(proposal, 'the refusal proposes dates');
        await card.press(proposal);
        await card.shows('Votre offre est envoyée');
        await p.screenshot('05-host-sent', card);
      },
    ],
    [
      'a coordinator approves a colleague’s offer, declines another with a reason, and never their own',
      async ({ p }) => {
        await p.goToChannel(CHANNELS.coordination);
        const offer = await p.cardWith('Inès Exemple propose');
        await offer.press('Ouvrir la demande');
        await offer.shows('Demander une modification…');
        await p.screenshot('08-approve', offer);
        await offer.press('Approuver');
        await offer.shows('Approuvée');
        await p.screenshot('09-approved', offer);
        const other = await p.cardWith('Louis Fictif propose');
        await other.press('Ouvrir la demande');
        await other.click('Refuser…');
        await other.fill({ 'Motif, lu par Louis Fictif': 'L’équipe est complète ce trimestre.' });
        await p.screenshot('10-decline', other);
        await other.press('Confirmer le refus');
        await other.shows('Refusée');
        const own = await p.cardWith('Camille Modèle propose une intervention');
        await own.press('Ouvrir la demande');
        await own.shows(/une autre personne de la coordination décide/);
        await p.screenshot('11-own-offer', own);
      },
    ],
    [
      'somebody else approves Camille’s offer, and Camille is told in the personal chat',
      async ({ p }) => {
        const own = 'Camille Modèle propose une intervention';
        await p.pressAs(USERS.hugo, own, 'Ouvrir la demande', { verb: 'approval.approve' });
        await p.goToPersonalChat();
        const told = await p.cardWith('C’est d’accord pour votre proposition');
        await told.shows(/Hugo Témoin/);
        await p.screenshot('12-told', told);
      },
    ],
    [
      'a coordinator publishes a session; a seat is taken and given back with one click each',
      async ({ p }) => {
        await p.goToChannel(CHANNELS.coordination);
        const form = await p.mention('publier');
        await form.press('Publier une séance');
        await form.click('Il n’est pas dans la liste');
        await form.fill({
          'Niveau des élèves': '3e',
          Jour: weekdayIn(30),
          De: '14:00',
          À: '15:00',
          'Établissement : nom ou code UAI': 'Lycée des Exemples, Créteil',
          'Personnes demandées (1 à 50)': '2',
        });
        await p.screenshot('13-publish', form);
        await form.press('Publier la séance');
        await form.shows('La séance est publiée');
        const session = await p.cardWith('Parler de son métier à une classe de 3e');
        await session.shows('2 places libres');
        await session.press('Je participe');
        await session.shows(/1 place libre/);
        await p.screenshot('14-session-joined', session);
        await p.goToPersonalChat();
        const list = await p.send('séances');
        await list.shows(/Vous participez/);
        await p.screenshot('15-sessions', list);
        await list.tap(/Vous participez/);
        await list.press('Me retirer');
        await list.shows('C’est noté : vous ne participez plus à cette séance.');
      },
    ],
    [
      'what took place is confirmed, and the count moves',
      async ({ p }) => {
        const before = await p.send('progression');
        const achieved = Number(/(\d+) personnes? mobilisées? sur/.exec(await before.text())?.[1]);
        await p.screenshot('16-progress', before);
        const mine = await p.send('mes engagements');
        await p.screenshot('17-mine', mine);
        await mine.press((await mine.text()).match(/^Répondre pour le .+$/m)?.[0] ?? 'Répondre');
        await mine.fill({ 'Élèves rencontrés ou accueillis (environ)': '28' });
        await p.screenshot('18-outcome', mine);
        await mine.press('Oui, elle a eu lieu');
        await mine.shows('Tenue');
        const after = await p.send('progression');
        await after.shows(new RegExp(`^${achieved + 1} personnes mobilisées sur`));
        await p.screenshot('19-progress-after', after);
      },
    ],
    [
      'an offer is withdrawn with one confirmation',
      async ({ p }) => {
        const mine = await p.send('mes engagements');
        await mine.tap(/En attente/);
        await mine.press('Retirer l’offre');
        await mine.shows(/Retirer votre offre/);
        await p.screenshot('20-withdraw', mine);
        await mine.press('Oui, retirer l’offre');
        await mine.shows('Retirée');
        await p.screenshot('21-withdrawn', mine);
      },
    ],
    [
      'the weekly message is posted in both channels, with the names of those who wait for coordinators only',
      async ({ p, runJob }) => {
        const monday = addDays(mondayOf(today), 7);
        await runJob(['weekly', '--at', `${monday}T12:00:00Z`]);
        await p.goToChannel(CHANNELS.coordination);
        const weekly = await p.cardWith('Le point de la semaine');
        await weekly.shows(/personnes mobilisées sur/);
        await weekly.shows(/Zoé Spécimen/);
        await p.screenshot('06-weekly', weekly);
        await p.goToChannel(CHANNELS.announcements);
        const announced = await p.cardWith('Le point de la semaine');
        assert.doesNotMatch(await announced.text(), /Zoé/);
        await p.screenshot('07-weekly-announcement', announced);
      },
    ],
    [
      'the bot speaks English once it is asked to',
      async ({ p }) => {
        await p.goToPersonalChat();
        const preferences = await p.send('préférences');
        await preferences.fill({ Langue: 'English' });
        await preferences.press('Enregistrer');
        await preferences.shows('Noted');
        await p.screenshot('22-preferences', preferences);
        const help = await p.send('help');
        await help.shows('What you can do here');
        await p.screenshot('23-help-english', help);
        const progress = await p.send('progress');
        await progress.shows(/people engaged/);
        await p.screenshot('24-progress-english', progress);
      },
    ],
  ],
};
