/** What signing in and the first run say. */
export const enEntry = {
  login_title: 'Welcome back',
  login_busy: 'Signing in…',
  login_wrong: 'That name and password don’t match.',
  login_missing: 'Type your name and your password.',
  login_foot: '{host} · your files stay on this server',
  password_show: 'Show password',
  setup_title: 'Make this server yours',
  setup_text: 'You are the first one here, so you become the admin.',
  setup_name: 'Your name',
  setup_name_missing: 'Choose a name to sign in with.',
  setup_password_short: 'At least {n} characters.',
  setup_go: 'Continue',
  setup_busy: 'Setting up…',
} as const;
