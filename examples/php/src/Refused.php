<?php

declare(strict_types=1);

namespace Example;

/** The server's answer is an error, whose code and text this has: sending the same again does not help. */
class Refused extends \RuntimeException
{
}
