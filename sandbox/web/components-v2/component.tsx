/** Everything a bot can build a message of, drawn by its type. */
import {
  type APIContainerComponent,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { Spoiler } from '../messages/inline-parts.tsx';
import { Markdown } from '../messages/markdown-view.tsx';
import { hexColour } from '../selectors.ts';
import { ActionRow } from './action-row.tsx';
import { Button } from './button.tsx';
import { FileLine, Gallery, Media } from './media.tsx';

export function Components({
  message,
  components,
}: {
  message: APIMessage;
  components: APIMessageTopLevelComponent[];
}) {
  return (
    <>
      {components.map((component, index) => (
        <ComponentView key={component.id ?? index} message={message} component={component} />
      ))}
    </>
  );
}

function ComponentView({ message, component }: { message: APIMessage; component: APIMessageTopLevelComponent }) {
  switch (component.type) {
    case ComponentType.ActionRow:
      return <ActionRow message={message} components={component.components} />;
    case ComponentType.TextDisplay:
      return <Markdown text={component.content} />;
    case ComponentType.Section:
      return <Section message={message} section={component} />;
    case ComponentType.Container:
      return <Container message={message} container={component} />;
    case ComponentType.Separator: {
      const spacing = component.spacing === SeparatorSpacingSize.Large ? 'separator-large' : '';
      return <hr class={`separator ${spacing} ${component.divider === false ? 'separator-plain' : ''}`} />;
    }
    case ComponentType.MediaGallery:
      return <Gallery message={message} items={component.items} />;
    case ComponentType.File: {
      const file = <FileLine message={message} url={component.file.url} name={component.name} size={component.size} />;
      return component.spoiler ? <Spoiler>{file}</Spoiler> : file;
    }
    default:
      return null;
  }
}

function Section({ message, section }: { message: APIMessage; section: APISectionComponent }) {
  const { accessory } = section;
  return (
    <div class="section">
      <div class="section-text">
        {section.components.map(({ id, content }, index) => (
          <Markdown key={id ?? index} text={content} />
        ))}
      </div>
      {accessory.type === ComponentType.Button ? (
        <Button message={message} button={accessory} />
      ) : (
        <Media
          class="thumbnail"
          message={message}
          url={accessory.media.url}
          alt={accessory.description ?? ''}
          spoiler={accessory.spoiler}
        />
      )}
    </div>
  );
}

function Container({ message, container }: { message: APIMessage; container: APIContainerComponent }) {
  const colour = container.accent_color;
  const hasColour = colour !== null && colour !== undefined;
  const card = (
    <div
      class={`card ${hasColour ? 'card-coloured' : ''}`}
      style={hasColour ? { '--card-accent': hexColour(colour) } : {}}
    >
      <Components message={message} components={container.components} />
    </div>
  );
  return container.spoiler ? <Spoiler>{card}</Spoiler> : card;
}
