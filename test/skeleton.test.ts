import { coordination, formData, hugo, ines, startBot, textOf } from './support/bot.js';

test('try', async () => {
  const bot = await startBot();
  try {
    const [welcome] = await bot.say(ines, 'bonjour');
    console.log(textOf(welcome));
    await bot.setUp([hugo]);
    const [form] = await bot.say(ines, 'Accueillir');
    console.log(textOf(form).slice(0, 800));
    const inputs = {
      kind: 'placement-3e',
      firstDay: '2027-02-15',
      lastDay: '2027-02-19',
      places: '2',
      hosting: 'individual',
      site: 'lyon',
      academies: '10',
      remark: 'Découverte ${x} *a* [b](c)',
    };
    const refused = await bot.click(ines, 'host.submit', formData(form!, 'host.submit', inputs));
    console.log(refused.statusCode, textOf(refused.value).slice(0, 900));
    const ok = await bot.click(
      ines,
      'host.submit',
      formData(form!, 'host.submit', { ...inputs, firstDay: '2027-01-18', lastDay: '2027-01-22' }),
    );
    console.log(ok.statusCode, textOf(ok.value));
    await bot.app.drain();
    console.log(bot.connector.posts.map((p) => [p.conversationId, textOf(p.card)]));
    const view = await bot.click(
      hugo,
      'approval.view',
      formData(bot.connector.posts.at(-1)!.card as never, 'approval.view'),
      { where: coordination },
    );
    console.log(textOf(view.value));
    const done = await bot.click(hugo, 'approval.approve', formData(view.value, 'approval.approve'), {
      where: coordination,
    });
    console.log(textOf(done.value));
    const again = await bot.click(hugo, 'approval.approve', formData(view.value, 'approval.approve'), {
      where: coordination,
    });
    console.log(textOf(again.value));
    await bot.app.drain();
    console.log(
      bot.connector.posts.slice(-1).map((p) => [p.conversationId, textOf(p.card)]),
      bot.connector.updates.map((p) => textOf(p.card)),
    );
    for (const c of [
      'mes engagements',
      'progression',
      'à valider',
      'séances',
      'préférences',
      'publier',
      'proposer',
      'xyz',
    ])
      console.log(c, '=>', (await bot.say(hugo, c)).map(textOf).join().slice(0, 300));
  } finally {
    await bot.close();
  }
});
