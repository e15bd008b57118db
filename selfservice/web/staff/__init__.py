"""Where staff sign in, apart from residents, and look after their own second factors."""

from flask import Blueprint

blueprints: tuple[Blueprint, ...] = ()
