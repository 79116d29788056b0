// Runs first in the body. Every page works without it; it only tells the stylesheet that scripts run, then starts
// govuk-frontend. In a browser too old for modules nothing happens, and the page stays as it was served.
(() => {
  if (!('noModule' in HTMLScriptElement.prototype)) return;
  const { classList } = document.body;
  classList.add('js-enabled', 'govuk-frontend-supported');

  const start = () =>
    import('asset:govuk-frontend.min.js')
      .then(({ initAll }) => initAll())
      // What the stylesheet hides for the scripts must not stay hidden when they could not be fetched.
      .catch(() => classList.remove('js-enabled', 'govuk-frontend-supported'));

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
