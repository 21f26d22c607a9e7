/** What a field for a new password says. */
export const enPassword = {
  password: 'Password',
  strength_0: 'At least {n} characters.',
  strength_1: 'At least {n} characters. Long beats complicated.',
  strength_2: 'Fair. Long beats complicated.',
  strength_3: 'Good. Long beats complicated.',
  strength_4: 'Strong.',
} as const;
