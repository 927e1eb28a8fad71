/**
 * The only script of the pages. It fetches the same page again every ten seconds and changes what is different in place,
 * so that focus, scroll position, selection and what is unfolded stay. Nothing moves by itself; it can be paused (WCAG
 * 2.2.2), and it rests while the page is not seen. When the exporter does not answer it says since when the page is old.
 */
export const refreshScript = `
(() => {
  const seconds = 10;
  const main = document.querySelector('main');
  const asOf = document.getElementById('as-of');
  const announcement = document.getElementById('announcement');
  const button = document.createElement('button');
  let isPaused = false;
  let isUnderWay = false;
  let isStale = false;

  const morph = (old, fresh) => {
    if (old.isEqualNode(fresh)) return;
    const isSame = old.nodeName === fresh.nodeName && old.childNodes.length === fresh.childNodes.length &&
      (old.nodeType !== Node.ELEMENT_NODE || (old.id === fresh.id && old.dataset.key === fresh.dataset.key));
    if (!isSame) return void old.replaceWith(fresh);
    if (old.nodeType !== Node.ELEMENT_NODE) return void (old.nodeValue = fresh.nodeValue);
    for (const { name, value } of fresh.attributes) {
      if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    const children = [...fresh.childNodes];
    [...old.childNodes].forEach((child, index) => morph(child, children[index]));
  };

  const selectorOf = (element) => {
    const key = element.closest('[data-key]')?.dataset.key;
    if (element.localName === 'summary' && key) return '[data-key="' + CSS.escape(key) + '"] > summary';
    const href = element.getAttribute('href');
    return href ? 'a[href="' + CSS.escape(href) + '"]' : null;
  };

  const show = (next) => {
    const headline = main.querySelector('h1').textContent;
    const unfolded = new Map([...main.querySelectorAll('details[data-key]')].map(({ dataset, open }) => [dataset.key, open]));
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    morph(main, next.querySelector('main'));
    for (const details of main.querySelectorAll('details[data-key]')) {
      const wasOpen = unfolded.get(details.dataset.key);
      if (wasOpen !== undefined) details.open = wasOpen;
    }
    const selector = focused && !focused.isConnected ? selectorOf(focused) : null;
    if (selector) main.querySelector(selector)?.focus({ preventScroll: true });
    const newHeadline = main.querySelector('h1').textContent;
    if (newHeadline !== headline) announcement.textContent = newHeadline;
    document.title = next.title;
    document.querySelector('link[rel=icon]').href = next.querySelector('link[rel=icon]').href;
    asOf.replaceChildren(...next.getElementById('as-of').childNodes);
    asOf.className = '';
    isStale = false;
  };

  const refresh = async () => {
    if (isPaused || isUnderWay || document.hidden) return;
    isUnderWay = true;
    try {
      const response = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
      const next = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (!next.querySelector('main > h1')) throw new Error('another page');
      show(next);
    } catch {
      if (isStale) return;
      isStale = true;
      const text = asOf.textContent + ': not updated since then, the exporter does not answer';
      asOf.textContent = text;
      asOf.className = 'bad';
      announcement.textContent = text;
    } finally {
      isUnderWay = false;
    }
  };

  const label = () => {
    button.textContent = isPaused ? 'Resume' : 'Pause';
    button.setAttribute('aria-label', button.textContent + ' updates');
  };
  button.type = 'button';
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    label();
    void refresh();
  });
  label();
  asOf.after(button);
  document.addEventListener('visibilitychange', () => void refresh());
  setInterval(() => void refresh(), seconds * 1000);
})();
`;
