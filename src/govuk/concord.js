// Runs first in the body. Every page works without it; it only tells the stylesheet that scripts run, then starts
// govuk-frontend and what is ours. In a browser too old for modules nothing happens: the page stays as it was served.
(() => {
  if (!('noModule' in HTMLScriptElement.prototype)) return;
  const { classList } = document.body;
  classList.add('js-enabled', 'govuk-frontend-supported');

  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  /** On a narrow screen filters are closed, so that the list is not pushed down. */
  function foldFilters(details) {
    const isWide = matchMedia('(min-width: 48.0625em)');
    const fold = () => (details.open = isWide.matches);
    fold();
    isWide.addEventListener('change', fold);
    // On a wide screen the summary is only a heading.
    details.querySelector('summary').addEventListener('click', (event) => isWide.matches && event.preventDefault());
  }

  /** Listens to the server: each event has `done`, `total`, `text` and, at the end, `ended`; then the page is asked for again. */
  function follow(part) {
    const events = new EventSource(part.dataset.concordEvents);
    events.addEventListener('message', ({ data }) => {
      const { done, total, text, ended } = JSON.parse(data);
      const bar = part.querySelector('progress');
      if (bar && total) Object.assign(bar, { max: total, value: done });
      const words = part.querySelector('[role=status]');
      if (words && words.textContent !== text) words.textContent = text;
      if (!ended) return;
      events.close();
      location.reload();
    });
  }

  /** A form with a file is sent here instead of by the browser, which would say nothing for a minute and could not be stopped. */
  function sending(form) {
    const words = make('p', { class: 'govuk-body', role: 'status' });
    const bar = make('progress', { class: 'concord-progress__bar', max: '1', 'aria-hidden': 'true' });
    const stop = make('button', { type: 'button', class: 'govuk-button govuk-button--secondary' });
    stop.textContent = form.dataset.stop;
    const part = make('div', { class: 'concord-sending' });
    form.append(words, part);
    const open = () => part.append(bar, stop);
    const close = (said) => {
      part.replaceChildren();
      words.textContent = said;
    };
    let request;
    form.addEventListener('submit', (event) => {
      const hasFile = [...form.querySelectorAll('input[type=file]')].some(({ files }) => files.length > 0);
      if (!hasFile) return;
      event.preventDefault();
      if (request) return;
      request = new XMLHttpRequest();
      const end = (said) => {
        request = undefined;
        close(said);
      };
      let heard = -1;
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        bar.value = loaded / total;
        const percent = Math.floor((100 * loaded) / total);
        // A screen reader would read out every change.
        if (percent < 100 && percent < heard + 10) return;
        heard = percent;
        words.textContent = form.dataset.sending.replace('%{percent}', percent);
      });
      request.addEventListener('load', () => {
        if (request.responseURL !== form.action) return location.assign(request.responseURL);
        // The same form again, with what is wrong.
        document.open();
        document.write(request.responseText);
        document.close();
      });
      request.addEventListener('error', () => end(form.dataset.broken));
      request.addEventListener('abort', () => end(form.dataset.stopped));
      request.open('POST', form.action);
      request.send(new FormData(form, event.submitter));
      words.textContent = form.dataset.sending.replace('%{percent}', '0');
      open();
    });
    stop.addEventListener('click', () => request?.abort());
  }

  /** A select becomes a field to type in, after the combobox of the ARIA Authoring Practices; the select still sends. */
  function autocomplete(select) {
    const { id } = select;
    const options = [...select.options].filter((option) => option.value !== '');
    const box = make('div', { class: 'concord-autocomplete' });
    const list = make('ul', { class: 'concord-autocomplete__list', id: `${id}-list`, role: 'listbox', hidden: '' });
    const status = make('div', { class: 'govuk-visually-hidden', role: 'status' });
    const input = make('input', {
      class: select.classList.contains('govuk-select--error') ? 'govuk-input govuk-input--error' : 'govuk-input',
      id,
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': list.id,
    });
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (label) list.setAttribute('aria-label', label.textContent.trim());
    const description = select.getAttribute('aria-describedby');
    if (description) input.setAttribute('aria-describedby', description);
    let at = -1;

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const choose = (option) => {
      select.value = option.value;
      input.value = option.text;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      close();
    };
    const mark = (next) => {
      const items = [...list.querySelectorAll('[role=option]')];
      if (items.length === 0) return;
      at = (next + items.length) % items.length;
      items.forEach((item, index) => item.setAttribute('aria-selected', String(index === at)));
      items[at].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', items[at].id);
    };
    const open = (typed) => {
      const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
      const found = options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
      at = -1;
      input.removeAttribute('aria-activedescendant');
      list.replaceChildren(
        ...found.map((option, index) => {
          const item = make('li', {
            class: 'concord-autocomplete__option',
            id: `${id}-option-${index}`,
            role: 'option',
            'aria-selected': 'false',
          });
          item.textContent = option.text;
          // Not `click`: the field would lose the focus first.
          item.addEventListener('mousedown', (event) => {
            event.preventDefault();
            choose(option);
          });
          return item;
        }),
      );
      if (found.length === 0) {
        const none = make('li', { class: 'concord-autocomplete__none', role: 'presentation' });
        none.textContent = select.dataset.noMatch;
        list.append(none);
      }
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      status.textContent = found.length === 0 ? select.dataset.noMatch : `${found.length} in the list`;
    };

    input.addEventListener('input', () => {
      // What was typed over is no longer chosen.
      select.value = options.find((option) => option.text === input.value)?.value ?? '';
      open(input.value);
    });
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (list.hidden) open(select.value === '' ? input.value : '');
        mark(event.key === 'ArrowDown' ? at + 1 : at === -1 ? -1 : at - 1);
      } else if (event.key === 'Enter' && !list.hidden && at >= 0) {
        event.preventDefault();
        const text = list.querySelectorAll('[role=option]')[at].textContent;
        choose(options.find((option) => option.text === text));
      } else if (event.key === 'Escape') {
        close();
      }
    });
    input.addEventListener('click', () => list.hidden && open(select.value === '' ? input.value : ''));
    input.addEventListener('blur', () => {
      // Never send nothing where something was typed: the words go back to what is chosen.
      const chosen = options.find((option) => option.value === select.value);
      input.value = chosen ? chosen.text : '';
      close();
    });

    const chosen = options.find((option) => option.selected);
    if (chosen) input.value = chosen.text;
    select.before(box);
    box.append(input, list, status);
    select.id = `${id}-select`;
    select.hidden = true;
    // A select without an empty option cannot be unchosen.
    if (![...select.options].some((option) => option.value === '')) select.prepend(new Option('', ''));
    select.value = chosen ? chosen.value : '';
  }

  /** Beside a field for a place: a button that fills in where the visitor is, to about a kilometre, and nothing more. */
  function near(part) {
    const field = document.getElementById(part.dataset.concordNear);
    if (!field || !('geolocation' in navigator) || !isSecureContext) return;
    const button = make('button', { type: 'button', class: 'govuk-button govuk-button--secondary' });
    button.textContent = part.dataset.words;
    const words = make('p', { class: 'govuk-body', role: 'status' });
    part.append(button, words);
    button.addEventListener('click', () => {
      words.textContent = part.dataset.wait;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
          words.textContent = '';
          field.form.requestSubmit();
        },
        () => (words.textContent = part.dataset.failed),
        { enableHighAccuracy: false, timeout: 15_000, maximumAge: 600_000 },
      );
    });
  }

  const start = () => {
    const each = (name, enhance) => document.querySelectorAll(`[data-concord-${name}]`).forEach((one) => enhance(one));
    each('filters', foldFilters);
    each('events', follow);
    each('autocomplete', autocomplete);
    each('sending', sending);
    each('near', near);
    return (
      import('asset:govuk-frontend.min.js')
        .then(({ initAll }) => initAll())
        // What the stylesheet hides for the scripts must not stay hidden when they could not be fetched.
        .catch(() => classList.remove('js-enabled', 'govuk-frontend-supported'))
    );
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
