import type { Services } from './services.ts';

/** Milliseconds until a server that did not answer is asked again. */
const TRY_AGAIN = 3000;

/** Connects whoever is in, and leads everybody else to the door; what one had asked for comes after it. */
export function followSession(services: Services): void {
  const { session, router, connection } = services;
  if (session.state === 'in') {
    connection.start();
    if (router.page.name === 'login') router.goToPath(router.page.next);
    else if (router.page.name === 'setup') goOn(services);
    return;
  }
  connection.stop();
  if (session.state === 'unreachable') {
    setTimeout(() => void (session.state === 'unreachable' && session.load()), TRY_AGAIN);
    return;
  }
  services.clear();
  const { page, current } = router;
  if (session.state === 'setup' && page.name !== 'setup') router.go({ name: 'setup', step: 'you' }, { replace: true });
  if (session.state === 'out' && page.name !== 'login')
    router.go({ name: 'login', next: page.name === 'setup' ? '' : current }, { replace: true });
}

/** After the account come the folder and the tools; they are the admin's. */
function goOn({ session, router }: Services): void {
  if (session.user?.role !== 'admin') router.goToPath('');
  else if (router.page.name === 'setup' && router.page.step === 'you')
    router.go({ name: 'setup', step: 'folder' }, { replace: true });
}
