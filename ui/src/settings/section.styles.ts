import { css } from 'lit';

/** Of sections whose lines have a state and buttons; after the pane's styles, whose box they do not want. */
export const pageStyles = css`
  :host {
    padding: 0;
    border-radius: 0;
    background: none;
    box-shadow: none;
  }
  .line.plug {
    flex-wrap: nowrap;
  }
  .line.plug > .grow {
    flex-basis: 0;
    overflow-wrap: anywhere;
  }
  .acts {
    flex-wrap: wrap;
    margin-block-start: 8px;
  }
  .dlg h2 {
    margin: 0;
  }
  @media (max-width: 699px) {
    .line.cookie {
      flex-wrap: wrap;
    }
    .line.cookie > .grow {
      flex-basis: 180px;
    }
    .line.cookie > .row {
      margin-inline-start: 50px;
    }
  }
`;
