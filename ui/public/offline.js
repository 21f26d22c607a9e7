/* Of the page that is shown while the server does not answer: its language and looks, and the way back. */
(() => {
  const TRY_AGAIN_MS = 5000;
  const kept = (key) => {
    try {
      return localStorage.getItem(`mf.${key}`);
    } catch {
      return null; // Storage can be forbidden.
    }
  };
  const theme = kept('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;

  const language = kept('locale') ?? navigator.languages.find((name) => /^(?:en|fr)\b/i.test(name)) ?? 'en';
  if (language.toLowerCase().startsWith('fr')) {
    document.documentElement.lang = 'fr';
    document.querySelector('h1').textContent = 'Serveur injoignable';
    document.querySelector('#text').textContent =
      'Nous continuons d’essayer. Ce que vous vouliez ouvrir ou ajouter s’ouvrira dès que le serveur répondra.';
    document.querySelector('button').textContent = 'Réessayer';
  }

  const again = () => location.reload();
  const look = () =>
    fetch('health/live', { cache: 'no-store' }).then(
      (answer) => answer.ok && again(),
      () => undefined,
    );
  document.querySelector('button').addEventListener('click', again);
  addEventListener('online', look);
  setInterval(() => document.hidden || look(), TRY_AGAIN_MS);
})();
