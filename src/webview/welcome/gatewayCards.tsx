import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LocalServerCard } from '../../shared/messages/toView';
import type { ToHost } from '../../shared/messages/toHost';
import type { Translate } from '../../shared/kit/translate';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import type { IconName } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import styles from './gatewayCards.css';
import { useLocalServers } from './useLocalServers';

addStyles(styles);

/**
 * The first view of a new user: cards to pick a gateway, or a server that runs on this computer. The host asks for the key.
 * A prompt that was sent before is shown above the composer and is sent when a gateway is ready.
 */
export function GatewayCards(): JSX.Element {
  const { store, t } = usePanel();
  const gateways = store.state.value?.gateways ?? [];
  const waiting = store.state.value?.queue.length ?? 0;
  const servers = useLocalServers() ?? [];
  const cards = useRef<HTMLDivElement>(null);
  const waitingBefore = useRef(waiting);
  useEffect(() => {
    // A prompt was sent: the next step is to choose a card.
    if (waiting > waitingBefore.current) cards.current?.querySelector('button')?.focus();
    waitingBefore.current = waiting;
  }, [waiting]);
  return (
    <>
      <h2>{t('Choose a gateway')}</h2>
      <p class="welcome-text">
        {t(
          "Your key stays in VS Code's secret storage. Prompts are sent directly to the gateway that you choose, and nowhere else.",
        )}
      </p>
      <p class="cards-waiting" role="status">
        {waiting > 0 && t('Your prompt is sent as soon as a gateway is ready.')}
      </p>
      <div ref={cards}>
        {servers.length > 0 && (
          <Group title={t('Running on this computer')}>
            {servers.map((server) => (
              <Card
                key={server.id}
                choice={{ gatewayId: server.id }}
                icon="server"
                name={server.name}
                description={describeServer(server, t)}
              />
            ))}
          </Group>
        )}
        <Group title={t('Gateways')}>
          {gateways.map(({ id, name, description, keyPage }) => (
            <Card
              key={id}
              choice={{ gatewayId: id }}
              icon="plug"
              name={name}
              description={description}
              keyPage={keyPage}
            />
          ))}
        </Group>
        <Group title={t('Others')}>
          <Card
            choice={{ gatewayId: null, kind: 'local' }}
            icon="server"
            name={t('Local Server…')}
            description={t('Ollama, LM Studio, llama.cpp, vLLM and others on this computer')}
          />
          <Card
            choice={{ gatewayId: null, kind: 'custom' }}
            icon="link"
            name={t('Any Base URL…')}
            description={t('Any OpenAI-compatible API')}
          />
        </Group>
      </div>
    </>
  );
}

function describeServer({ state, models }: LocalServerCard, t: Translate): string {
  switch (state) {
    case 'running':
      return models === 1 ? t('1 model. No key needed.') : t('{0} models. No key needed.', models);
    case 'loading':
      return t('Loading its model');
    case 'locked':
      return t('Asks for an API key');
  }
}

/** A list of cards with a heading. */
function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <>
      <h3 class="cards-heading">{title}</h3>
      <ul class="cards" role="list" aria-label={title}>
        {children}
      </ul>
    </>
  );
}

interface CardProps {
  readonly choice: ToHost['add-gateway'];
  readonly icon: IconName;
  readonly name: string;
  readonly description: string;
  readonly keyPage?: string | undefined;
}

/** One card: a button, and a link beside it to the page where the user gets a key. */
function Card({ choice, icon, name, description, keyPage }: CardProps): JSX.Element {
  const { post, t } = usePanel();
  return (
    <li class="gateway-card">
      <button
        type="button"
        class="card"
        onClick={() => {
          post('add-gateway', choice);
        }}
      >
        <Icon name={icon} />
        <span class="card-text">
          <span class="card-name">{name}</span>
          <span class="card-description">{description}</span>
        </span>
      </button>
      {keyPage !== undefined && (
        <a
          class="card-link"
          href={keyPage}
          title={keyPage}
          aria-label={t('Get a key from {0}', name)}
          onClick={(event) => {
            event.preventDefault();
            post('open-link', { href: keyPage });
          }}
        >
          {t('Get a key')}
        </a>
      )}
    </li>
  );
}
