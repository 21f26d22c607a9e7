import { graphql } from './graphql.ts';

/** A plugin was switched, or its platform begins or ends a rest. */
export const PluginChanged = graphql(`
  subscription PluginChanged {
    pluginChanged {
      id
    }
  }
`);
