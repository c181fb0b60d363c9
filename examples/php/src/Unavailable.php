<?php

declare(strict_types=1);

namespace Example;

/** There was no answer. Whether the packet was executed is unknown. */
class Unavailable extends \RuntimeException
{
}
