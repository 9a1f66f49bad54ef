// The few words this page needs to speak to the document. Everything becomes a text node: no input is ever markup.

/** A child of an element; what is `false`, `undefined` or empty is left out. */
export type Child = Node | string | false | undefined;

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

/** Makes an element; `true` sets an attribute without a value. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...present(children));
  return element;
}

/** Puts these in the place of whatever is in the element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== false && child !== undefined && child !== '');
}

/** Says something in a live region, and only what is new: repeating is noise to a screen reader. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows a problem where there is one, and ties it to the fields it is about. */
export function showProblem(element: HTMLElement, text: string, ...fields: readonly HTMLElement[]): void {
  say(element, text);
  element.hidden = text === '';
  markInvalid(text !== '', ...fields);
}

/** Marks fields as wrong, or as right again. */
export function markInvalid(isWrong: boolean, ...fields: readonly HTMLElement[]): void {
  for (const field of fields) {
    if (isWrong) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
}

/** Fills a select with options: value, text. */
export function options(select: HTMLSelectElement, choices: readonly (readonly [value: string, text: string])[]): void {
  fill(select, ...choices.map(([value, text]) => el('option', { value }, text)));
}

/** Runs the action when the calls have stopped for a while. */
export function afterwards(action: () => void, milliseconds = 200): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}

/** Lets only the newest of several runs speak: an older one that ends later must not overwrite it. */
export function newestOnly(): () => () => boolean {
  let newest = 0;
  return () => {
    const mine = ++newest;
    return () => mine === newest;
  };
}

/** Copies a text and says whether that worked. */
export async function copyText(text: string, state: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    state.textContent = 'Copied.';
  } catch {
    state.textContent = 'The browser does not let this page copy. Select the text and copy it yourself.';
  }
}

/** Offers a text as a file. It is made here: no server sees it. */
export function download(name: string, text: string, state: HTMLElement): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  el('a', { href: url, download: name }).click();
  // The browser reads the blob after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  state.textContent = `${name} is ready.`;
}

/** A text to take away: label, field and a button that copies it. */
export function takeAway(label: string, text: string, rows = 4): HTMLElement {
  const state = el('span', { role: 'status', class: 'aside' });
  const field = el('textarea', { class: 'code', readonly: true, rows: String(rows), spellcheck: 'false' });
  field.value = text;
  const button = el('button', { type: 'button' }, 'Copy');
  button.setAttribute('aria-label', `Copy ${label}`);
  button.addEventListener('click', () => void copyText(text, state));
  return el('div', { class: 'take' }, el('label', { class: 'field' }, label, field), button, state);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
