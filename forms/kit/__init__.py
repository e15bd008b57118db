"""What every service is built from: questions, conditions, journeys, answers."""
