/**
 * What Teams draws differently from the bare renderer. Dates: Teams has its own field, which shows "15 févr. 2027";
 * the browser's would show its own format and an icon.
 */
export function showDatesAsTeams(frame, lang) {
  for (const field of frame.querySelectorAll('input[type=date]')) {
    const day = field.value && new Date(`${field.value}T00:00:00Z`);
    const shown = day
      ? day.toLocaleDateString(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
      : '';
    retype(field, shown, lang === 'fr' ? 'jj/mm/aaaa' : 'dd/mm/yyyy');
  }
  for (const field of frame.querySelectorAll('input[type=time]')) {
    retype(field, lang === 'fr' ? field.value.replace(':', ' h ') : field.value, '--:--');
  }
}

function retype(field, value, placeholder) {
  field.type = 'text';
  field.value = value;
  field.placeholder = placeholder;
}

/**
 * The choice sets of Teams are one box, where `adaptivecards` draws a list of checkboxes for `isMultiSelect`, and a
 * text field for `filtered`. Drawn here as a select whose one choice says all that is chosen.
 */
export function foldChoices(node) {
  if (Array.isArray(node)) return node.map(foldChoices);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, child]) => [key, foldChoices(child)]));
  const style = String(copy.style).toLowerCase();
  if (copy.type !== 'Input.ChoiceSet' || style === 'expanded') return copy;
  if (!copy.isMultiSelect) return { ...copy, style: 'compact' };
  const chosen = String(copy.value ?? '').split(',');
  const titles = copy.choices.filter(({ value }) => chosen.includes(value)).map(({ title }) => title);
  const choices = titles.length ? [{ title: titles.join(', '), value: 'all' }] : [];
  return {
    ...copy,
    style: 'compact',
    isMultiSelect: false,
    choices,
    value: titles.length ? 'all' : undefined,
  };
}
