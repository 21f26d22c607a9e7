export const frPassword = {
  password: 'Mot de passe',
  strength_0: 'Au moins {n} caractères.',
  strength_1: 'Au moins {n} caractères. Mieux vaut long que compliqué.',
  strength_2: 'Correct. Mieux vaut long que compliqué.',
  strength_3: 'Bien. Mieux vaut long que compliqué.',
  strength_4: 'Solide.',
} as const;
